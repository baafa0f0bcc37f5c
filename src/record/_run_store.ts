import { type Holder, isAlive } from "./_holder.ts";
import { runFolder } from "./_run_folder.ts";
import { lockState } from "./_run_lock.ts";
import type { Tables } from "./table/mod.ts";
import type { RunRow } from "./table/runs.ts";
import { usualRanking } from "./ranking.ts";
import {
  type RunProgress,
  type RunSummary,
  secondsLeft,
} from "./collection/run_summary.ts";
import type { NewRun, Run, RunFilter, RunState } from "./types.ts";

/** A run and its number in the database. */
export interface NumberedRun {
  /** Its key in the tables; runs count up in the order they started. */
  readonly number: number;
  /** The run. */
  readonly run: Run;
}

/** Puts runs together from their tables, and takes them apart. */
export class RunStore {
  readonly #tables: Tables;
  readonly #folder: string;

  /** The runs in some tables, which belong to a results folder. */
  constructor(tables: Tables, folder: string) {
    this.#tables = tables;
    this.#folder = folder;
  }

  /**
   * Adds a run that `holder` records; `undefined` if the name is taken. Call
   * it within a transaction.
   */
  add(
    run: NewRun,
    { id, holder, at }: { id: string; holder: Holder; at: string },
  ): number | undefined {
    const { runs, diffs, inputs, heartbeats, marks } = this.#tables;
    const diff = diffs.add(run.environment.dirtyDiff);
    const number = runs.add(run, { id, diff, at });
    if (number === undefined) return undefined;
    inputs.add(number, run.inputs);
    marks.change(number, { add: run.tags ?? [] });
    heartbeats.take(number, { holder, at });
    return number;
  }

  /** The runs that a filter lets through, oldest first. */
  where(filter: RunFilter): Run[] {
    return this.#tables.runs.where(filter).map((row) => this.#runOf(row))
      .filter(({ state }) => state === (filter.state ?? state));
  }

  /** The run of exactly this name. */
  find(id: string): NumberedRun | undefined {
    const row = this.#tables.runs.find(id);
    return row && { number: row.number, run: this.#runOf(row) };
  }

  /** Every run in brief, oldest first, those too that were deleted. */
  summaries(): RunSummary[] {
    const { summaries, marks } = this.#tables;
    const tags = marks.tags();
    return summaries.all().map((row) => {
      const standing = row.state === "running" ? this.#crash(row) : null;
      const state = standing?.state ?? row.state;
      return {
        ...row,
        ...standing,
        ranking: row.ranking ?? usualRanking,
        tags: tags.get(row.number) ?? [],
        progress: state === "finished"
          ? null
          : this.#progress(row.number, state),
      };
    });
  }

  #progress(number: number, state: RunState): RunProgress {
    const { step, steps, since, at } = this.#tables.summaries.progress(number);
    const leftS = state === "running"
      ? secondsLeft({ step, steps }, { since, at })
      : null;
    return { step, steps, leftS };
  }

  #runOf(row: RunRow): Run {
    const { diffs, inputs, verdicts } = this.#tables;
    return {
      id: row.id,
      experiment: row.experiment,
      file: row.file,
      overrides: row.overrides,
      plan: row.plan,
      planHash: row.plan_hash,
      trainingHash: row.training_hash,
      ranking: row.ranking ?? usualRanking,
      seed: row.seed,
      environment: { ...row.environment, dirtyDiff: diffs.find(row.diff) },
      inputs: inputs.of(row.number),
      rerunOf: row.rerun_of,
      trainedBy: row.trained_by,
      variant: row.variant,
      state: row.state,
      stoppedAfter: row.stopped_after,
      reason: row.reason,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      verdict: verdicts.of(row.number),
      ...row.state === "running" && this.#crash(row),
    };
  }

  /** What became of a run that nobody records any more, though it did not end. */
  #crash(
    { number, id }: Pick<RunRow, "number" | "id">,
  ): Pick<Run, "state" | "reason"> | null {
    const heartbeat = this.#tables.heartbeats.of(number);
    const lock = lockState(runFolder(this.#folder, id));
    if (isAlive(heartbeat, { lock, nowMs: Date.now() })) return null;
    const { holder, at } = heartbeat;
    return {
      state: "crashed",
      reason: `Process ${holder.pid} on ${holder.host} is gone, ` +
        `last heard of at ${at}`,
    };
  }
}
