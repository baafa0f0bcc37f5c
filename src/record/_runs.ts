import { sha256Hex } from "@/core/mod.ts";
import type { Database } from "./_database.ts";
import { type Holder, isAlive } from "./_holder.ts";
import { withoutNul } from "./_text.ts";
import { VerdictTable } from "./_verdicts.ts";
import { usualRanking } from "./ranking.ts";
import type {
  Environment,
  KnownRun,
  NewRun,
  Run,
  RunInput,
  RunState,
} from "./types.ts";
import type { Verdict } from "./verdict.ts";

interface RunRow {
  readonly number: number;
  readonly id: string;
  readonly experiment: string;
  readonly file: string | null;
  readonly overrides: string;
  readonly plan: string;
  readonly plan_hash: string;
  readonly training_hash: string;
  readonly ranking: string | null;
  readonly seed: number;
  readonly environment: string;
  readonly diff: number;
  readonly rerun_of: string | null;
  readonly trained_by: string | null;
  readonly variant: string | null;
  readonly state: RunState;
  readonly reason: string | null;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly holder: string;
  readonly at: string;
}

/** A run and its number in the database. */
export interface NumberedRun {
  /** Its key in the other tables; runs count up in the order they started. */
  readonly number: number;
  /** The run. */
  readonly run: Run;
  /** Who records it or did so last. */
  readonly holder: Holder;
}

/** Reads and writes the `run` table and what belongs to a run as such. */
export class RunTable {
  readonly #database: Database;
  readonly #verdicts: VerdictTable;
  readonly #diffs = new Map<number, string>();

  /** The runs of a database. */
  constructor(database: Database) {
    this.#database = database;
    this.#verdicts = new VerdictTable(database);
  }

  /** Every run, oldest first. */
  all(nowMs: number): NumberedRun[] {
    const rows = this.#database.sql(
      "SELECT * FROM run JOIN heartbeat ON run = number ORDER BY number",
    ).all() as unknown as RunRow[];
    return rows.map((row) => this.#runOf(row, nowMs));
  }

  /** The runs with one hash, of the plan or of its training, oldest first. */
  withHash(
    column: "plan_hash" | "training_hash",
    hash: string,
    nowMs: number,
  ): NumberedRun[] {
    const rows = this.#database.sql(
      `SELECT * FROM run JOIN heartbeat ON run = number WHERE ${column} = ?
       ORDER BY number`,
    ).all(hash) as unknown as RunRow[];
    return rows.map((row) => this.#runOf(row, nowMs));
  }

  /** The run of exactly this name. */
  find(id: string, nowMs: number): NumberedRun | undefined {
    const row = this.#database.sql(
      "SELECT * FROM run JOIN heartbeat ON run = number WHERE id = ?",
    ).get(id) as unknown as RunRow | undefined;
    return row && this.#runOf(row, nowMs);
  }

  /** What every run can be named by, oldest first. */
  known(): KnownRun[] {
    return this.#database.sql("SELECT id, experiment FROM run ORDER BY number")
      .all().map((row) => ({ ...row }) as unknown as KnownRun);
  }

  /**
   * Adds a run that `holder` records; `undefined` if the name is taken. Call
   * it within a transaction.
   */
  add(id: string, run: NewRun, holder: Holder, at: string): number | undefined {
    const { dirtyDiff, ...environment } = run.environment;
    const diff = withoutNul(dirtyDiff);
    const hash = sha256Hex(diff);
    this.#database.sql(
      "INSERT OR IGNORE INTO diff (sha256, content) VALUES (?, ?)",
    ).run(hash, diff);
    const row = this.#database.sql(
      `INSERT INTO run (id, experiment, file, overrides, plan, plan_hash,
         training_hash, ranking, seed, environment, diff, rerun_of, trained_by, variant,
         state, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
         (SELECT id FROM diff WHERE sha256 = ?), ?, ?, ?, 'running', ?)
       ON CONFLICT (id) DO NOTHING RETURNING number`,
    ).get(
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
      hash,
      run.rerunOf,
      run.trainedBy ?? null,
      run.variant ? JSON.stringify(run.variant) : null,
      at,
    );
    if (!row) return undefined;
    const number = row.number as number;
    const insert = this.#database.sql(
      `INSERT INTO input (run, position, role, split, of_run, path, bytes, sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const [i, input] of run.inputs.entries()) {
      const { role, split, run: ofRun, path, bytes, sha256 } = input;
      insert.run(number, i, role, split, ofRun, path, bytes, sha256);
    }
    this.#database.sql("INSERT INTO heartbeat VALUES (?, 1, ?, ?)")
      .run(number, JSON.stringify(holder), at);
    return number;
  }

  /** Makes `holder` the one who records a run; its lease. Call it within a transaction. */
  takeOver(number: number, holder: Holder, at: string): number {
    this.#database.sql(
      `UPDATE run SET state = 'running', reason = NULL, finished_at = NULL
       WHERE number = ?`,
    ).run(number);
    return this.#database.sql(
      `UPDATE heartbeat SET lease = lease + 1, holder = ?, at = ?
       WHERE run = ? RETURNING lease`,
    ).get(JSON.stringify(holder), at, number)!.lease as number;
  }

  /** Says that the holder of `lease` lives; false if another one took over. */
  beat(number: number, lease: number, at: string): boolean {
    return this.#database.sql(
      "UPDATE heartbeat SET at = ? WHERE run = ? AND lease = ?",
    ).run(at, number, lease).changes === 1;
  }

  /** Writes how a run ended. Call it within a transaction. */
  finish(
    number: number,
    state: RunState,
    reason: string | null,
    at: string,
  ): void {
    this.#database.sql(
      "UPDATE run SET state = ?, reason = ?, finished_at = ? WHERE number = ?",
    ).run(state, reason && withoutNul(reason), at, number);
  }

  /** Writes what a rerun found. Call it within a transaction. */
  conclude(number: number, verdict: Verdict): void {
    this.#verdicts.put(number, verdict);
  }

  #runOf(row: RunRow, nowMs: number): NumberedRun {
    const holder = JSON.parse(row.holder) as Holder;
    const crashed = row.state === "running" && !isAlive(holder, row.at, nowMs);
    const environment = JSON.parse(row.environment) as Omit<
      Environment,
      "dirtyDiff"
    >;
    const run: Run = {
      id: row.id,
      experiment: row.experiment,
      file: row.file,
      overrides: JSON.parse(row.overrides),
      plan: row.plan,
      planHash: row.plan_hash,
      trainingHash: row.training_hash,
      ranking: row.ranking === null ? usualRanking : JSON.parse(row.ranking),
      seed: row.seed,
      environment: { ...environment, dirtyDiff: this.#diff(row.diff) },
      inputs: this.#inputs(row.number),
      rerunOf: row.rerun_of,
      trainedBy: row.trained_by,
      variant: row.variant === null ? null : JSON.parse(row.variant),
      state: crashed ? "crashed" : row.state,
      reason: crashed
        ? `Process ${holder.pid} on ${holder.host} is gone, last heard of at ${row.at}`
        : row.reason,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      verdict: this.#verdicts.of(row.number),
    };
    return { number: row.number, run, holder };
  }

  #inputs(number: number): RunInput[] {
    return this.#database.sql(
      `SELECT role, split, of_run AS run, path, bytes, sha256 FROM input
       WHERE run = ? ORDER BY position`,
    ).all(number).map((row) => ({ ...row }) as unknown as RunInput);
  }

  #diff(id: number): string {
    let content = this.#diffs.get(id);
    if (content === undefined) {
      content = this.#database.sql("SELECT content FROM diff WHERE id = ?")
        .get(id)!.content as string;
      this.#diffs.set(id, content);
    }
    return content;
  }
}
