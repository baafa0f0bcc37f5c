import type { SQLInputValue } from "node:sqlite";
import type { Ranking } from "@/core/mod.ts";
import { z } from "zod";
import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";
import type {
  Environment,
  KnownRun,
  NewRun,
  RunFilter,
  RunState,
  Variant,
} from "../types.ts";
import { variantSchema } from "./matrices.ts";

/** A row of the `run` table, what is JSON as values. */
export interface RunRow {
  readonly number: number;
  readonly id: string;
  readonly experiment: string;
  readonly file: string | null;
  readonly overrides: readonly string[];
  readonly plan: string;
  readonly plan_hash: string;
  readonly training_hash: string;
  readonly ranking: Ranking | null;
  readonly seed: number;
  readonly environment: Omit<Environment, "dirtyDiff">;
  readonly diff: number;
  readonly rerun_of: string | null;
  readonly trained_by: string | null;
  readonly variant: Variant | null;
  readonly state: RunState;
  readonly stopped_after: number | null;
  readonly reason: string | null;
  readonly started_at: string;
  readonly finished_at: string | null;
}

/** Some texts; versions before wrote null for none. */
const texts = z.array(z.string()).nullable().transform((list) => list ?? []);

/** What the columns hold that are JSON. */
export const jsonColumns = {
  overrides: texts,
  environment: z.looseObject({
    engine: z.string(),
    versions: z.record(z.string(), z.string()),
    devices: texts,
    threads: z.number(),
    cpu: z.string(),
    gpu: z.string().nullable(),
    os: z.string(),
    commit: z.string().nullable(),
    lockfileSha256: z.string(),
    notices: texts,
  }),
  ranking: z.object({ name: z.string(), better: z.enum(["higher", "lower"]) }),
  variant: variantSchema,
};

/** The same as the database has it. */
type TextRow = RunRow & Record<keyof typeof jsonColumns, string | null>;

/** How a run ended. */
export interface RunEnd {
  /** How. */
  readonly state: "finished" | "failed" | "interrupted";
  /** Why, or null. */
  readonly reason: string | null;
  /** The step after which a search stopped it, which is then interrupted. */
  readonly stoppedAfter: number | null;
  /** When, ISO 8601. */
  readonly at: string;
}

/** Where a run stands: one that a search stopped is kept as an interrupted one. */
export const stateColumn =
  "CASE WHEN stopped_after IS NULL THEN state ELSE 'stopped' END AS state";

const columns = "number, id, experiment, file, overrides, plan, plan_hash, " +
  "training_hash, ranking, seed, environment, diff, rerun_of, trained_by, " +
  `variant, ${stateColumn}, stopped_after, reason, started_at, finished_at`;

const filters = {
  experiment: "experiment",
  planHash: "plan_hash",
  trainingHash: "training_hash",
} as const;

/** The `run` table; its number orders runs, as clocks can go backwards. */
export class RunTable {
  readonly #database: Database;

  /** The runs of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds a run that goes on; `undefined` if the name is taken. Call it within a transaction. */
  add(
    run: NewRun,
    { id, diff, at }: { id: string; diff: number; at: string },
  ): number | undefined {
    const { dirtyDiff: _, ...environment } = run.environment;
    return this.#database.sql(
      `INSERT INTO run (id, experiment, file, overrides, plan, plan_hash,
         training_hash, ranking, seed, environment, diff, rerun_of, trained_by,
         variant, state, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)
       ON CONFLICT (id) DO NOTHING RETURNING number`,
    ).get<RunRow>(
      id,
      run.experiment,
      run.file,
      JSON.stringify(run.overrides),
      run.plan,
      run.planHash,
      run.trainingHash ?? run.planHash,
      run.ranking ? JSON.stringify(run.ranking) : null,
      run.seed,
      JSON.stringify(environment),
      diff,
      run.rerunOf,
      run.trainedBy ?? null,
      run.variant ? JSON.stringify(run.variant) : null,
      at,
    )?.number;
  }

  /**
   * The rows that a filter lets through, oldest first, but for those that were
   * deleted; it may be of any state.
   */
  where(filter: RunFilter): RunRow[] {
    const conditions = ["deleted_at IS NULL"];
    const values: SQLInputValue[] = [];
    for (const [key, column] of Object.entries(filters)) {
      const value = filter[key as keyof typeof filters];
      if (value === undefined) continue;
      conditions.push(`${column} = ?`);
      values.push(value);
    }
    return this.#database.sql(
      `SELECT ${columns} FROM run WHERE ${conditions.join(" AND ")}
       ORDER BY number`,
    )
      .all<TextRow>(...values).map((row) => this.#rowOf(row));
  }

  /** The row of exactly this name. */
  find(id: string): RunRow | undefined {
    const row = this.#database.sql(`SELECT ${columns} FROM run WHERE id = ?`)
      .get<TextRow>(id);
    return row && this.#rowOf(row);
  }

  /** The number of the run of exactly this name, unless it was deleted. */
  numberOf(id: string): number | undefined {
    return this.#database.sql(
      "SELECT number FROM run WHERE id = ? AND deleted_at IS NULL",
    ).get<RunRow>(id)?.number;
  }

  /** The same of one that was deleted. */
  numberOfDeleted(id: string): number | undefined {
    return this.#database.sql(
      "SELECT number FROM run WHERE id = ? AND deleted_at IS NOT NULL",
    ).get<RunRow>(id)?.number;
  }

  /** What every run can be named by, oldest first; what those could that were deleted. */
  known({ deleted = false }: { readonly deleted?: boolean } = {}): KnownRun[] {
    return this.#database.sql(
      `SELECT id, experiment FROM run WHERE (deleted_at IS NOT NULL) = ?
       ORDER BY number`,
    ).all<KnownRun>(deleted ? 1 : 0);
  }

  /**
   * The id of the newest run, of one experiment or of any: of those that Cleft
   * has trained, if there are some. Null without runs.
   */
  lastId(experiment?: string): string | null {
    const newest = (condition: string) =>
      `(SELECT id FROM run WHERE deleted_at IS NULL AND ${condition}
          AND experiment = coalesce(?1, experiment)
        ORDER BY number DESC LIMIT 1)`;
    const trainedHere =
      "iif(json_valid(plan), plan ->> '$.importedFrom', NULL) IS NULL";
    return this.#database.sql(
      `SELECT coalesce(${newest(trainedHere)}, ${newest("true")}) AS id`,
    ).get<{ readonly id: string | null }>(experiment ?? null)!.id;
  }

  /** Makes a run go on that had ended. Call it within a transaction. */
  reopen(number: number): void {
    this.#database.sql(
      `UPDATE run SET state = 'running', reason = NULL, finished_at = NULL,
         stopped_after = NULL WHERE number = ?`,
    ).run(number);
  }

  /** Writes what a run was to be, anew. Call it within a transaction. */
  replan(
    number: number,
    { experiment, plan, planHash, ranking, seed }: Pick<
      NewRun,
      "experiment" | "plan" | "planHash" | "ranking" | "seed"
    >,
  ): void {
    this.#database.sql(
      `UPDATE run SET experiment = ?, plan = ?, plan_hash = ?,
         training_hash = ?, ranking = ?, seed = ? WHERE number = ?`,
    ).run(
      ...[experiment, plan, planHash, planHash],
      ranking ? JSON.stringify(ranking) : null,
      ...[seed, number],
    );
  }

  /** Writes how a run ended. Call it within a transaction. */
  end(number: number, { state, reason, stoppedAfter, at }: RunEnd): void {
    this.#database.sql(
      `UPDATE run SET state = ?, reason = ?, finished_at = ?, stopped_after = ?
       WHERE number = ?`,
    ).run(state, reason && withoutNul(reason), at, stoppedAfter, number);
  }

  #rowOf(row: TextRow): RunRow {
    const values = Object.entries(jsonColumns).map(([column, schema]) => {
      const text = row[column as keyof typeof jsonColumns];
      const value = text === null
        ? null
        : this.#database.json<unknown>(text, schema);
      return [column, value];
    });
    return { ...row, ...Object.fromEntries(values) };
  }
}
