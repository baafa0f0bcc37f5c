import type { z } from "zod";
import { energyNames, peakMemoryName } from "@/machine/mod.ts";
import type { Database } from "../_database.ts";
import type { RunSummary } from "../collection/run_summary.ts";
import type { RunState } from "../types.ts";
import { jsonColumns, stateColumn } from "./runs.ts";

/** What a list needs of a row of the `run` table. */
export interface SummaryRow
  extends Omit<RunSummary, "state" | "ranking" | "tags" | "progress"> {
  readonly state: Exclude<RunState, "crashed">;
  readonly ranking: RunSummary["ranking"] | null;
}

type TextRow =
  & Omit<SummaryRow, "ranking" | "variant">
  & Record<"ranking" | "variant", string | null>;

/** That a run refers to another one. */
export interface Dependence {
  /** The run, by its id. */
  readonly run: string;
  /** The one that it refers to. */
  readonly of: string;
  /** How. */
  readonly how: "repeats" | "began with the weights of";
}

/** How far a run has come, as its rows say. */
export interface ProgressRow {
  readonly step: number;
  readonly steps: number | null;
  /** Where and when it began, or was last gone on with. */
  readonly since: { readonly step: number; readonly at: string };
  /** When it was last heard of. */
  readonly at: string;
}

/** What lists read, of many runs by one statement; plans are left where they are. */
export class SummaryTable {
  readonly #database: Database;

  /** The summaries of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Every run, oldest first, those too that were deleted. */
  all(): SummaryRow[] {
    const parsed = <T>(text: string | null, schema: z.ZodType<T>): T | null =>
      text === null ? null : this.#database.json(text, schema);
    return this.#database.sql(
      `SELECT number, id, experiment, file, plan_hash AS planHash, seed,
         rerun_of AS rerunOf, trained_by AS trainedBy, ${stateColumn}, reason,
         started_at AS startedAt, finished_at AS finishedAt, note,
         run_group AS "group", archived_at AS archivedAt,
         deleted_at AS deletedAt,
         environment ->> '$.engine' AS engine, environment ->> '$.gpu' AS gpu,
         environment ->> '$.commit' AS "commit", ranking, variant,
         ${sumOfLast([peakMemoryName])} AS memoryMiB,
         ${sumOfLast(energyNames())} AS energyKWh
       FROM run ORDER BY number`,
    ).all<TextRow>().map((row) => ({
      ...row,
      ranking: parsed(row.ranking, jsonColumns.ranking),
      variant: parsed(row.variant, jsonColumns.variant),
    }));
  }

  /** How far a run has come. */
  progress(run: number): ProgressRow {
    const row = this.#database.sql(
      `SELECT coalesce((SELECT max(step) FROM last_metric WHERE run = number), 0)
           AS step,
         iif(json_valid(plan), plan ->> '$.steps.total', NULL) AS steps,
         heartbeat.at AS at, coalesce(resume.at, started_at) AS sinceAt,
         coalesce(resume.step, 0) AS sinceStep
       FROM run JOIN heartbeat ON heartbeat.run = number
       LEFT JOIN resume ON resume.run = number
         AND resume.lease = heartbeat.lease
       WHERE number = ?`,
    ).get<Omit<ProgressRow, "since"> & { sinceAt: string; sinceStep: number }>(
      run,
    )!;
    const { sinceAt, sinceStep, ...rest } = row;
    return { ...rest, since: { step: sinceStep, at: sinceAt } };
  }

  /** Which runs refer to which; deleted ones to none. */
  references(): Dependence[] {
    return this.#database.sql(
      `SELECT id AS run, rerun_of AS "of", 'repeats' AS how FROM run
       WHERE rerun_of IS NOT NULL AND deleted_at IS NULL
       UNION SELECT id, of_run, 'began with the weights of' FROM input
       JOIN run ON number = run WHERE of_run IS NOT NULL AND deleted_at IS NULL`,
    ).all<Dependence>();
  }

  /** An option of each plan, a key of its spec, as a value; by the run's number. */
  option(key: string): ReadonlyMap<number, unknown> {
    const rows = this.#database.sql(
      `SELECT number, iif(json_valid(plan), plan -> ?, NULL) FROM run`,
    ).arrays<[number, string | null]>(`$.spec.${JSON.stringify(key)}`);
    const parsed = new Map<string, unknown>();
    return new Map(rows.map(([run, text]) => {
      if (text === null) return [run, undefined];
      if (!parsed.has(text)) parsed.set(text, JSON.parse(text));
      return [run, parsed.get(text)];
    }));
  }

  /** A number at its last step, by the run's number; NaN is one too. */
  lastMetric(split: string, name: string): ReadonlyMap<number, number> {
    const rows = this.#database.sql(
      `SELECT r.number, m.value FROM series s CROSS JOIN run r
       JOIN last_metric m ON m.run = r.number AND m.series = s.id
       WHERE s.split = ? AND s.name = ?`,
    ).arrays<[number, number | null]>(split, name);
    return new Map(rows.map(([run, value]) => [run, value ?? NaN]));
  }

  /** The axes of every matrix that runs belong to. */
  axes(): string[] {
    return this.#database.sql(
      `SELECT DISTINCT key FROM run, json_each(run.variant)
       WHERE run.variant IS NOT NULL`,
    ).arrays<[string]>().map(([axis]) => axis);
  }

  /** Every series there is, as `split/name`. */
  series(): string[] {
    return this.#database.sql(
      "SELECT split || '/' || name FROM series ORDER BY id",
    ).arrays<[string]>().map(([name]) => name);
  }

  /** The options of the newest plan that has some, for names that come near. */
  newestOptions(): unknown {
    const [row] = this.#database.sql(
      `SELECT plan -> '$.spec' FROM run
       WHERE json_valid(plan) AND plan -> '$.spec' IS NOT NULL
       ORDER BY number DESC LIMIT 1`,
    ).arrays<[string]>();
    return row ? JSON.parse(row[0]) : undefined;
  }
}

/** SQL of the sum of some numbers of a run at their last steps; NULL without any. */
function sumOfLast(names: readonly string[]): string {
  const list = names.map((name) => `'${name}'`).join(", ");
  return `(SELECT sum(value) FROM last_metric WHERE run = number AND series IN
    (SELECT id FROM series WHERE split = 'train' AND name IN (${list})))`;
}
