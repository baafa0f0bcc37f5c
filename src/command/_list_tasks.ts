import type { Task } from "@/queue/mod.ts";
import type { Records, Variant } from "@/record/mod.ts";
import type { CommandContext } from "./_context.ts";
import type { Listing, Shown } from "./_list_rows.ts";

/** What is asked of a list that shows tasks too, which can be in other states. */
export type Asked = Omit<Shown, "state"> & { readonly state?: string };

/** The tasks of a queue that a list shows. */
export async function tasksIn(
  folder: string,
  asked: Asked,
  { note }: CommandContext,
): Promise<readonly Task[]> {
  const { tasksOf } = await import("@/queue/mod.ts");
  const { tasks, silence } = await tasksOf(folder);
  if (silence) note(`${silence}\nWhat tasks have recorded is shown alone`);
  return shownTasks(tasks, asked);
}

/**
 * The tasks of the experiment or of the run that a list is about, in the state
 * that is asked for; none of a choice by what was recorded.
 */
function shownTasks(
  tasks: readonly Task[],
  { names: [name], state, where, since, deleted = false }: Asked,
): readonly Task[] {
  if (deleted || where !== undefined || since !== undefined) return [];
  return tasks.filter((task) =>
    [undefined, task.experiment, task.run?.id].includes(name) &&
    (state ?? task.state) === task.state
  );
}

/** Whether a name means tasks alone, as nothing of them has been gathered. */
export function isOfTasks(
  name: string | undefined,
  { tasks, records }: {
    readonly tasks: readonly Task[];
    readonly records: Pick<Records, "known" | "matrix">;
  },
): boolean {
  return name !== undefined && tasks.length > 0 &&
    records.matrix(name) === null &&
    !records.known.some(({ id, experiment }) =>
      [id, experiment].includes(name)
    );
}

/** A listing without what tasks stand for, which is shown as theirs. */
export function withoutTasks(
  listing: Listing,
  tasks: readonly Task[],
): Listing {
  const runs = new Set(tasks.map(({ run }) => run?.id));
  const variants = new Set(tasks.map(({ variant }) => variantKey(variant)));
  const lines = listing.lines.filter(({ run, variant }) =>
    run ? !runs.has(run.id) : !variants.has(variantKey(variant))
  );
  return { ...listing, lines };
}

function variantKey(variant: Variant | null): string {
  return JSON.stringify(variant);
}
