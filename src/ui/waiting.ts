import { type Task, tasksOf } from "@/queue/mod.ts";
import { variantLabel } from "@/record/mod.ts";
import type { LiveRun } from "@/report/mod.ts";

/** The shortest time between two questions: the queue of a cluster serves many. */
const leastWaitMs = 20_000;

/** The tasks of queues that are not among the records yet, asked for seldom. */
export class Waiting {
  /** Those tasks, as last heard of. */
  tasks: readonly Task[] = [];
  /** Why a queue did not answer, in a line; empty if all did. */
  silence = "";
  readonly #folder: string;
  readonly #onChange: () => void;
  #askedMs = -Infinity;

  /** Takes the results folder, and what is told when tasks are otherwise. */
  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Asks the queues, if it is time. */
  async ask(): Promise<void> {
    if (performance.now() < this.#askedMs + leastWaitMs) return;
    this.#askedMs = performance.now();
    const before = JSON.stringify([this.tasks, this.silence]);
    const { tasks, silence } = await tasksOf(this.#folder);
    this.tasks = tasks;
    this.silence = silence?.message ?? "";
    if (JSON.stringify([tasks, this.silence]) !== before) this.#onChange();
  }
}

/** A task as a page lists it, beside the runs that are on record here. */
export function liveTask(task: Task, scores: readonly string[]): LiveRun {
  const { experiment, variant, job, state, stage, run } = task;
  const reason = [stage, task.reason].filter(Boolean).join("; ") || null;
  return {
    id: run?.id ?? job,
    isRecorded: false,
    label: [experiment, variant && variantLabel(variant)].filter(Boolean)
      .join(" · "),
    ...{ state, reason },
    progress: run?.progress ?? null,
    isStopping: false,
    scores: scores.map(() => null),
    seed: run?.seed ?? null,
    startedAt: run?.startedAt ?? null,
    finishedAt: run?.finishedAt ?? null,
    ...{ tags: [], note: null, group: null, awayAt: null },
  };
}
