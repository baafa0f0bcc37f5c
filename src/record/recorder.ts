import { join } from "node:path";
import { RunError, sha256Hex } from "@/core/mod.ts";
import type { Database } from "./_database.ts";
import { isFull, recordFailure } from "./_failure.ts";
import type { MetricTable } from "./_metrics.ts";
import { checkArtifactName } from "./_names.ts";
import type { ObjectStore } from "./_objects.ts";
import { Reserve } from "./_reserve.ts";
import type { RunTable } from "./_runs.ts";
import type { SampleTable } from "./_samples.ts";
import { withoutNul } from "./_text.ts";
import type {
  Artifact,
  LogLine,
  MetricPoint,
  Run,
  SeenSample,
  Split,
  WeightHash,
} from "./types.ts";
import type { Verdict } from "./verdict.ts";

/** What a run takes over of another one's training. */
export interface Inheritance {
  /** The run that trained. */
  readonly from: string;
  /** Which of its numbers. */
  keeps(series: { readonly split: Split; readonly name: string }): boolean;
  /** The names of which of its artifacts. */
  readonly artifacts: readonly string[];
}

/**
 * Records one run, and is the only one to do so. What it is given in small
 * pieces it keeps until `flush()`, which it also calls itself: after 1,000
 * points or samples, one second or an artifact. A write that fails keeps them for the
 * next, so that nothing is lost or doubled.
 */
export interface Recorder extends Disposable {
  /** The run, as it stands. */
  readonly run: Run;
  /** The run's own folder, `<results>/runs/<id>`. */
  readonly folder: string;
  /**
   * Records a number; an equal split, name and step replaces it.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  metric(point: MetricPoint): void;
  /**
   * Records numbers.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  metrics(points: readonly MetricPoint[]): void;
  /** Records hashes of weights, in the network's order. */
  weightHashes(hashes: readonly WeightHash[]): void;
  /**
   * Records samples that training has seen; an equal number replaces.
   *
   * @throws {RunError} If it was time to write and that failed.
   */
  samples(samples: readonly SeenSample[]): void;
  /**
   * Records content under a name, and all that was given before; an equal name
   * replaces. The bytes are borrowed.
   *
   * @throws {ExperimentError} If the name is not a plain relative path.
   * @throws {RunError} If it cannot be written; then the old content stays.
   */
  artifact(name: string, mediaType: string, bytes: Uint8Array): Artifact;
  /**
   * Writes a line of the log, at once.
   *
   * @throws {RunError} If it cannot be written.
   */
  log(level: LogLine["level"], text: string): void;
  /**
   * Records what another run's training has left as if this one had trained:
   * numbers, hashes of weights and samples, artifacts.
   *
   * @throws {RunError} If it cannot be written; then none of it is.
   */
  inherit(inheritance: Inheritance): void;
  /** Shows that the process lives; writes at most every five seconds. */
  heartbeat(): void;
  /**
   * Writes what was given so far.
   *
   * @throws {RunError} If it cannot; the next flush then tries again.
   */
  flush(): void;
  /**
   * Writes the rest, and how the run ended; nothing can be recorded after it.
   *
   * @throws {RunError} If it cannot be written; it can then be called again.
   */
  finish(
    state: "finished" | "failed" | "interrupted",
    reason?: string,
    verdict?: Verdict,
  ): void;
}

/** What a recorder writes to. */
export interface RecordTables {
  /** The connection. */
  readonly database: Database;
  /** Runs and heartbeats. */
  readonly runs: RunTable;
  /** Metrics. */
  readonly metrics: MetricTable;
  /** Samples. */
  readonly samples: SampleTable;
  /** Contents of artifacts. */
  readonly objects: ObjectStore;
}

/** Which run a recorder records, and by what right. */
export interface RecorderSeat {
  /** The run's number in the database. */
  readonly number: number;
  /** The run as it starts or goes on. */
  readonly run: Run;
  /** The recorder's right to write, which a later one ends. */
  readonly lease: number;
  /** The results folder. */
  readonly resultsFolder: string;
}

const piecesAFlush = 1000, flushEveryMs = 1000, beatEveryMs = 5000;

/** The recorder behind `startRun` and `continueRun`. */
export class RunRecorder implements Recorder {
  readonly folder: string;
  readonly #tables: RecordTables;
  readonly #seat: RecorderSeat;
  readonly #reserve: Reserve;
  #run: Run;
  #points: MetricPoint[] = [];
  #hashes: WeightHash[] = [];
  #samples: SeenSample[] = [];
  #lines: (LogLine & { readonly number: number })[] = [];
  #nextLine: number;
  #nextHash: number;
  #writtenMs = performance.now();
  #isOpen = true;
  #hasFailed = false;

  /** Begins to record. */
  constructor(tables: RecordTables, seat: RecorderSeat) {
    this.folder = join(seat.resultsFolder, "runs", seat.run.id);
    this.#reserve = new Reserve(this.folder);
    this.#tables = tables;
    this.#seat = seat;
    this.#run = seat.run;
    this.#nextLine = this.#last("log", "number") + 1;
    this.#nextHash = this.#last("weight_hash", "position") + 1;
  }

  get run(): Run {
    return this.#run;
  }

  metric(point: MetricPoint): void {
    this.metrics([point]);
  }

  metrics(points: readonly MetricPoint[]): void {
    this.#checkOpen();
    for (const point of points) {
      checkStep(point.step);
      this.#points.push(point);
    }
    this.#flushIfDue();
  }

  weightHashes(hashes: readonly WeightHash[]): void {
    this.#checkOpen();
    for (const hash of hashes) {
      checkStep(hash.step);
      checkHash(hash.sha256);
      this.#hashes.push(hash);
    }
  }

  samples(samples: readonly SeenSample[]): void {
    this.#checkOpen();
    for (const sample of samples) {
      checkStep(sample.step);
      checkHash(sample.sha256);
      this.#samples.push(sample);
    }
    this.#flushIfDue();
  }

  artifact(name: string, mediaType: string, bytes: Uint8Array): Artifact {
    this.#checkOpen();
    checkArtifactName(name);
    const { objects } = this.#tables;
    const artifact = {
      name,
      mediaType,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
    };
    const doing = `record the artifact "${name}"`;
    try {
      objects.prepare(artifact.sha256, bytes);
      const replaced = this.#write(doing, () => {
        objects.put(artifact.sha256, bytes);
        return this.#putArtifact(artifact);
      });
      if (replaced !== undefined) this.#removeFile(replaced);
    } catch (error) {
      this.#removeHalf(artifact.sha256);
      throw recordFailure(error, `${doing} of ${this.#run.id}`, this.folder);
    }
    return artifact;
  }

  log(level: LogLine["level"], text: string): void {
    this.#checkOpen();
    const at = new Date(Date.now()).toISOString();
    this.#lines.push({ number: this.#nextLine++, at, level, text });
    this.flush();
  }

  inherit({ from, keeps, artifacts }: Inheritance): void {
    this.#checkOpen();
    const { database, runs, metrics } = this.#tables;
    const { number } = this.#seat;
    const source = runs.find(from, Date.now())!.number;
    this.#write(`take over the training of ${from}`, () => {
      metrics.copy(source, number, keeps);
      database.sql(
        `INSERT INTO weight_hash SELECT ?, step, layer, position, sha256
         FROM weight_hash WHERE run = ?`,
      ).run(number, source);
      database.sql(
        `INSERT INTO sample SELECT ?, number, step, sha256, drawn
         FROM sample WHERE run = ?`,
      ).run(number, source);
      for (const name of artifacts) {
        database.sql(
          `INSERT INTO artifact SELECT ?, name, media_type, bytes, sha256
           FROM artifact WHERE run = ? AND name = ?`,
        ).run(number, source, name);
      }
    });
    this.#nextHash = this.#last("weight_hash", "position") + 1;
  }

  heartbeat(): void {
    this.#checkOpen();
    if (performance.now() - this.#writtenMs > beatEveryMs) this.flush();
  }

  flush(): void {
    this.#checkOpen();
    this.#write("record the progress", () => {});
  }

  finish(
    state: "finished" | "failed" | "interrupted",
    reason?: string,
    verdict?: Verdict,
  ): void {
    this.#checkOpen();
    const at = new Date(Date.now()).toISOString();
    const write = () =>
      this.#write("record the end", () => {
        this.#tables.runs.finish(
          this.#seat.number,
          state,
          reason ?? null,
          at,
        );
        if (verdict) this.#tables.runs.conclude(this.#seat.number, verdict);
      });
    try {
      write();
      this.#reserve.release();
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#reserve.release();
      write();
    }
    this.#isOpen = false;
    this.#run = {
      ...this.#run,
      state,
      reason: reason ?? null,
      verdict: verdict ?? this.#run.verdict,
      finishedAt: at,
    };
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    try {
      this.finish("interrupted", "Closed before its end");
    } catch (error) {
      // A failure the caller knows of must not hide behind its repetition.
      if (!this.#hasFailed) throw error;
    } finally {
      this.#isOpen = false;
    }
  }

  /** The largest number of the run in a column; 0 if there is none. */
  #last(table: "log" | "weight_hash", column: string): number {
    return this.#tables.database.sql(
      `SELECT coalesce(max(${column}), 0) AS last FROM ${table} WHERE run = ?`,
    ).get(this.#seat.number)!.last as number;
  }

  #flushIfDue(): void {
    if (
      this.#points.length + this.#samples.length >= piecesAFlush ||
      performance.now() - this.#writtenMs > flushEveryMs
    ) this.flush();
  }

  /** One transaction of all that waits, a sign of life, and `work`. */
  #write<T>(doing: string, work: () => T): T {
    const { database, runs, metrics, samples } = this.#tables;
    const { number, lease, run } = this.#seat;
    try {
      const result = database.write(`${doing} of ${run.id}`, () => {
        const now = new Date(Date.now()).toISOString();
        if (!runs.beat(number, lease, now)) {
          throw new RunError(
            `Cannot ${doing} of ${run.id}: another process has taken it over`,
            { where: database.path, fix: "Let that process go on" },
          );
        }
        metrics.put(number, this.#points);
        samples.put(number, this.#samples);
        this.#putHashes();
        this.#putLines();
        return work();
      });
      this.#points = [];
      this.#samples = [];
      this.#nextHash += this.#hashes.length;
      this.#hashes = [];
      this.#lines = [];
      this.#writtenMs = performance.now();
      return result;
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  /** Writes the row of an artifact; the hash of the content it replaces. */
  #putArtifact({ name, mediaType, bytes, sha256 }: Artifact) {
    const { database, objects } = this.#tables;
    const { number } = this.#seat;
    const before = database.sql(
      "SELECT sha256 FROM artifact WHERE run = ? AND name = ?",
    ).get(number, name)?.sha256 as string | undefined;
    database.sql("INSERT OR REPLACE INTO artifact VALUES (?, ?, ?, ?, ?)")
      .run(number, name, mediaType, bytes, sha256);
    if (before === undefined || before === sha256) return undefined;
    objects.removeRow(before);
    return before;
  }

  /** Removes a file that no artifact needs; it takes no space to do so. */
  #removeFile(sha256: string): void {
    const { database, objects } = this.#tables;
    database.write("remove replaced content", () => objects.removeFile(sha256));
  }

  /** After a failure, which is what the caller has to hear of. */
  #removeHalf(sha256: string): void {
    try {
      this.#removeFile(sha256);
    } catch { /* The next resume removes the file. */ }
  }

  #putHashes(): void {
    const { database } = this.#tables;
    const addLayer = database.sql(
      "INSERT OR IGNORE INTO layer (name) VALUES (?)",
    );
    const insert = database.sql(
      `INSERT OR REPLACE INTO weight_hash VALUES (?, ?,
         (SELECT id FROM layer WHERE name = ?), ?, unhex(?))`,
    );
    for (const [i, { step, layer, sha256 }] of this.#hashes.entries()) {
      addLayer.run(layer);
      insert.run(this.#seat.number, step, layer, this.#nextHash + i, sha256);
    }
  }

  #putLines(): void {
    const insert = this.#tables.database.sql(
      "INSERT OR REPLACE INTO log VALUES (?, ?, ?, ?, ?)",
    );
    for (const { number, at, level, text } of this.#lines) {
      insert.run(this.#seat.number, number, at, level, withoutNul(text));
    }
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new TypeError(`Cannot record "${this.#run.id}": it has ended`);
  }
}

function checkHash(sha256: string): void {
  if (/^[0-9a-f]{64}$/.test(sha256)) return;
  throw new RangeError(
    `Cannot record the hash "${sha256}": it is not a SHA-256`,
  );
}

function checkStep(step: number): void {
  if (Number.isSafeInteger(step) && step >= 0) return;
  throw new RangeError(
    `Cannot record step ${step}: steps are whole numbers from 0`,
  );
}
