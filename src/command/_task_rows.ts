import { printable } from "@/core/mod.ts";
import type { Task } from "@/queue/mod.ts";
import type { RunProgress } from "@/record/mod.ts";
import { table } from "./_text.ts";

/** A task of a queue, for programs. */
export interface TaskJson {
  /** Its run, null as long as it has not begun. */
  readonly id: string | null;
  readonly experiment: string;
  readonly variant: Task["variant"];
  readonly planHash: string;
  /** Of a search, what it is for, such as `rung 2 of 3`; null of others. */
  readonly stage: string | null;
  readonly state: Task["state"];
  readonly reason: string | null;
  readonly progress: RunProgress | null;
  /** What the queue knows it by, and where it leaves what it says and records. */
  readonly task: {
    readonly job: string;
    readonly log: string;
    readonly folder: string;
  };
}

/** Tasks for people; there is at least one. */
export async function tasksText(tasks: readonly Task[]): Promise<string> {
  const { runColumns } = await import("@/record/mod.ts");
  const progress = runColumns.find(({ key }) => key === "progress")!;
  const hasVariants = tasks.some(({ variant }) => variant);
  const hasStages = tasks.some(({ stage }) => stage !== "");
  const rows = tasks.map((task) => [
    task.run?.id ?? "–",
    task.experiment,
    ...hasVariants ? [Object.values(task.variant ?? {}).join(" · ")] : [],
    ...hasStages ? [task.stage || "–"] : [],
    task.state,
    task.job,
    task.run ? progress.text!(task.run) : "–",
    printable(whyText(task)) || "–",
  ]);
  return table([
    [
      ...["run", "experiment", ...hasVariants ? ["variant"] : []],
      ...hasStages ? ["stage"] : [],
      ...["state", "task", "progress", "why"],
    ],
    ...rows,
  ]);
}

/** What went wrong is told with the log that tells more. */
function whyText({ state, reason, log }: Task): string {
  const isOver = state === "failed" || state === "crashed" ||
    state === "interrupted";
  const texts = [reason ?? "", ...isOver ? [`log: ${log}`] : []];
  return texts.filter((text) => text !== "").join("; ");
}

/** Tasks for programs. */
export function tasksJson(tasks: readonly Task[]): readonly TaskJson[] {
  return tasks.map((
    { run, experiment, variant, planHash, state, reason, ...task },
  ) => ({
    ...{ id: run?.id ?? null, experiment, variant, planHash, state, reason },
    stage: task.stage || null,
    progress: run?.progress ?? null,
    task: { job: task.job, log: task.log, folder: task.folder },
  }));
}
