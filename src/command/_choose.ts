import { ExperimentError, nearestName } from "@/core/mod.ts";
import { knowsName } from "./_known_names.ts";
import type { Records, RunSummary, Selected, Wanted } from "@/record/mod.ts";

/** Any number of runs on a command line. */
export const runPlaces = {
  name: "RUN",
  summary: "runs, named as deno task help says",
  count: "any",
} as const;

/** Which of several runs are meant. */
export const whereOption = {
  where: {
    value: "CONDITION",
    summary: "only runs that meet it, such as 'augment.elastic and ap > 0.4'",
  },
} as const;

/** Which runs a command line names. */
export interface Chosen {
  /** What stands in the places of runs: names, and `@NAME` for saved choices. */
  readonly names: readonly string[];
  /** The condition, if one is given. */
  readonly where?: string | undefined;
  /** Whether those that were deleted, and no others. */
  readonly deleted?: boolean;
}

/** What some of the runs may not meet: a condition, or a saved one. */
export function conditionOf({ names, where }: Chosen): string | undefined {
  return where ?? names.find((name) => name.startsWith("@"));
}

/** What is asked of runs besides their names. */
export type Asked = Omit<Wanted, "among" | "where" | "knows" | "deleted">;

/**
 * The runs that a command line names, in the order of its names: all of them
 * without any, those alone that meet its condition. A run that was put aside is
 * meant only by its name.
 *
 * @throws {ExperimentError} If a name means none, or the condition is unsound.
 */
export async function chooseRuns(
  records: Records,
  { names, where, deleted = false, ...asked }: Chosen & Asked,
): Promise<Selected> {
  const { namedRuns, savedSelection } = await import("@/record/mod.ts");
  const { collection } = records;
  const knows = await knowsName();
  const { runs: deletedRuns } = deleted
    ? collection.select({ deleted: true })
    : { runs: [] };
  const idsOf = (name: string): readonly string[] => {
    if (!name.startsWith("@")) {
      return deleted
        ? [deletedRun(deletedRuns, name).id]
        : namedRuns(records, name).map(({ id }) => id);
    }
    const { condition } = savedSelection(name.slice(1), {
      saved: collection.selections,
      where: name,
    });
    const { runs } = collection.select({
      ...condition === "" ? {} : { where: condition },
      knows,
      deleted,
    });
    return runs.map(({ id }) => id);
  };
  const ids = names.flatMap(idsOf);
  const selected = collection.select({
    ...asked,
    ...names.length > 0 && { among: new Set(ids), archived: true },
    ...where !== undefined && { where },
    deleted,
    knows,
  });
  if (names.length === 0 || asked.sort !== undefined) return selected;
  const places = new Map(ids.toReversed().map((id, i) => [id, -i]));
  const runs = selected.runs.toSorted((a, b) =>
    places.get(a.id)! - places.get(b.id)!
  );
  return { ...selected, runs };
}

/**
 * The same, and at least one: for commands that do something to runs, which are
 * not meant to do it to all where nothing is said.
 *
 * @throws {ExperimentError} If nothing is said, or none meets the condition.
 */
export async function chooseSomeRuns(
  records: Records,
  chosen: Chosen,
): Promise<Selected> {
  if (chosen.names.length === 0 && chosen.where === undefined) {
    throw new ExperimentError("Cannot begin: no RUN is named", {
      where: "the command line",
      fix: "Name runs, or choose some by --where; deno task list shows them",
    });
  }
  const selected = await chooseRuns(records, chosen);
  if (selected.runs.length > 0) return selected;
  throw new ExperimentError(
    "Cannot begin: none of the runs meets the condition",
    {
      where: `--where ${chosen.where ?? chosen.names.join(" ")}`,
      fix: "See which do: deno task list --where …",
    },
  );
}

function deletedRun(runs: readonly RunSummary[], name: string): RunSummary {
  const found = runs.find(({ id }) => id === name);
  const begun = runs.filter(({ id }) => name !== "" && id.startsWith(name));
  if (found) return found;
  if (begun.length === 1) return begun[0]!;
  const ids = runs.map(({ id }) => id);
  const near = nearestName(name, ids);
  throw new ExperimentError(
    begun.length > 1
      ? `Cannot tell which run "${name}" is: ${begun.length} deleted ones ` +
        "begin like that"
      : `Cannot bring back "${name}": no run of that name was deleted`,
    {
      where: "the command line",
      fix: near
        ? `Did you mean "${near}"?`
        : "See what was deleted: deno task list --deleted",
    },
  );
}
