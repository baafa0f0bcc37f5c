import { type Records, type RunSummary, type RunValues } from "@/record/mod.ts";
import type { Task } from "@/queue/mod.ts";
import { type LiveRun, liveRun, scoresShown, type Show } from "@/report/mod.ts";
import { liveTask } from "./waiting.ts";

/** What is other than it was. */
export interface TableChange {
  /** Runs that are new or otherwise, from top to bottom. */
  readonly runs: readonly LiveRun[];
  /** Runs, by id, that are here no more. */
  readonly gone: readonly string[];
}

/**
 * The runs that a page lists, and when each became what it is: whoever says up to
 * where they know them is told the rest.
 */
export class LiveTable {
  readonly #show: Show;
  readonly #runs = new Map<
    string,
    { run: LiveRun; text: string; at: number }
  >();
  readonly #gone = new Map<string, number>();
  #ids: readonly string[] = [];
  #version = 0;
  #scores: readonly string[] = [];

  /** Takes which runs these are. */
  constructor(show: Show) {
    this.#show = show;
  }

  /** A number that rises whenever something is other than it was. */
  get version(): number {
    return this.#version;
  }

  /** The numbers that are shown of each run. */
  get scores(): readonly string[] {
    return this.#scores;
  }

  /** The runs, the newest first. */
  get runs(): readonly LiveRun[] {
    return this.#ids.map((id) => this.#runs.get(id)!.run);
  }

  /** One of them, or null. */
  find(id: string): LiveRun | null {
    return this.#runs.get(id)?.run ?? null;
  }

  /** The run that stands above one, by id; null of the one on top. */
  above(id: string): string | null {
    return this.#ids[this.#ids.indexOf(id) - 1] ?? null;
  }

  /** What became otherwise after a version. */
  since(version: number): TableChange {
    return {
      runs: this.#ids.map((id) => this.#runs.get(id)!)
        .filter(({ at }) => at > version).map(({ run }) => run),
      gone: [...this.#gone].flatMap(([id, at]) => at > version ? id : []),
    };
  }

  /**
   * Reads the runs anew; `isStopping` tells which were asked to stop. Tasks of
   * queues stand among those that are current, in place of their runs.
   */
  read(
    records: Records,
    { isStopping, tasks }: {
      readonly isStopping: (id: string) => boolean;
      readonly tasks: readonly Task[];
    },
  ): void {
    const { runs, values } = chosen(records, this.#show);
    const waiting = this.#show === "current" ? tasks : [];
    const ofTasks = new Set(waiting.map(({ run }) => run?.id));
    const at = this.#version + 1;
    const scores = scoresShown(runs, values);
    let isOther = String(scores) !== String(this.#scores);
    this.#scores = scores;
    const before = new Set(this.#runs.keys());
    const now = [
      ...runs.filter(({ id }) => !ofTasks.has(id)).map((run) =>
        liveRun(run, {
          ...{ values, scores },
          isStopping: run.state === "running" && isStopping(run.id),
        })
      ),
      ...waiting.map((task) => liveTask(task, scores)),
    ];
    for (const run of now) {
      const { id } = run;
      before.delete(id);
      const text = JSON.stringify(run);
      if (this.#runs.get(id)?.text === text) continue;
      this.#runs.set(id, { run, text, at });
      this.#gone.delete(id);
      isOther = true;
    }
    for (const id of before) {
      this.#runs.delete(id);
      this.#gone.set(id, at);
      isOther = true;
    }
    this.#ids = now.map(({ id }) => id).toReversed();
    if (isOther) this.#version = at;
  }
}

/** Which runs a page lists, oldest first. */
function chosen(
  { collection }: Records,
  show: Show,
): { readonly runs: readonly RunSummary[]; readonly values: RunValues } {
  const selected = collection.select({
    archived: show === "archived",
    deleted: show === "deleted",
  });
  return show === "archived"
    ? {
      ...selected,
      runs: selected.runs.filter(({ archivedAt }) => archivedAt !== null),
    }
    : selected;
}
