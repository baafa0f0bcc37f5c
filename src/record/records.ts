import { join, resolve } from "node:path";
import { ExperimentError, nearestName } from "@/core/mod.ts";
import { Database, type DatabaseOptions } from "./_database.ts";
import { recordFailure } from "./_failure.ts";
import { isThisProcess, thisHolder } from "./_holder.ts";
import {
  type MetricFilter,
  type MetricSeries,
  MetricTable,
} from "./_metrics.ts";
import { MatrixTable } from "./_matrices.ts";
import { runId } from "./_names.ts";
import { checkNoLink, ObjectStore } from "./_objects.ts";
import { Reserve } from "./_reserve.ts";
import { type NumberedRun, RunTable } from "./_runs.ts";
import { type SampleFilter, SampleTable } from "./_samples.ts";
import { VerdictTable } from "./_verdicts.ts";
import { type Recorder, RunRecorder } from "./recorder.ts";
import { namedRun } from "./named_runs.ts";
import { foremostRun, haveSameData } from "./runs_of_plan.ts";
import { thinSeries } from "./thin.ts";
import type {
  Artifact,
  KnownRun,
  LogLine,
  MatrixRecord,
  MetricPoint,
  NewRun,
  Run,
  RunState,
  SeenSample,
  WeightHash,
} from "./types.ts";
import type { RerunVerdict } from "./verdict.ts";

/** Which runs to list; what is left out does not restrict. */
export interface RunFilter {
  /** Only those of the experiment of this name. */
  readonly experiment?: string;
  /** Only those that stand so. */
  readonly state?: RunState;
  /** Only those whose plan has this hash. */
  readonly planHash?: string;
  /** Only those whose training has this hash. */
  readonly trainingHash?: string;
}

/**
 * The records of every run in a results folder: `runs.sqlite`, `objects/` and
 * `runs/<id>/`. Any number of processes can use them at once; each run is
 * recorded by one of them. A run is named as {@linkcode namedRun} says; every
 * method that takes one throws an {@linkcode ExperimentError} with the nearest
 * names if there is no such run.
 */
export interface Records extends Disposable {
  /** The results folder, as an absolute path. */
  readonly folder: string;
  /**
   * Adds a run and begins to record it.
   *
   * @throws {ExperimentError} If it should be `unique` and there is one of the
   * same plan and data.
   * @throws {RunError} If it cannot be written.
   */
  startRun(run: NewRun, options?: { readonly unique?: boolean }): Recorder;
  /**
   * Takes up a run that failed, crashed or was interrupted.
   *
   * @throws {ExperimentError} If it has finished, or a living process records it.
   */
  continueRun(id: string): Recorder;
  /** Runs in the order they started. */
  runs(filter?: RunFilter): Run[];
  /** One run. */
  run(id: string): Run;
  /** What every run can be named by, in the order they started. */
  readonly known: readonly KnownRun[];
  /** The matrix of this name as it was when last run, or null. */
  matrix(name: string): MatrixRecord | null;
  /**
   * Records a matrix in place of the one of its name.
   *
   * @throws {RunError} If it cannot be written.
   */
  recordMatrix(matrix: MatrixRecord): void;
  /** The numbers of a run, by split, name and step. */
  metrics(id: string, filter?: MetricFilter): MetricPoint[];
  /** The same by columns, which is faster. */
  metricSeries(id: string, filter?: MetricFilter): MetricSeries[];
  /**
   * The same with at most `perSeries` points each, for charts: the lowest and
   * the highest of each stretch stay, and gaps of NaN.
   *
   * @throws {RangeError} If `perSeries` is below 8.
   */
  metricsThinned(
    id: string,
    options: MetricFilter & { readonly perSeries: number },
  ): MetricSeries[];
  /** The value of every metric at its last step, as `split/name`. */
  lastMetrics(id: string): Record<string, number>;
  /** The hashes of a run's weights, by step and in the network's order. */
  weightHashes(id: string): WeightHash[];
  /** The samples that training has seen, by number, as far as recorded. */
  samples(id: string, filter?: SampleFilter): SeenSample[];
  /** One of them, or null if it is not on record. */
  sample(id: string, index: number): SeenSample | null;
  /** The numbers of all of them, rising, which is faster. */
  sampleIndices(id: string): number[];
  /** What a run made, by name. */
  artifacts(id: string): Artifact[];
  /**
   * The content of an artifact, checked against its hash.
   *
   * @throws {ExperimentError} If there is none, or it is missing or damaged.
   */
  artifact(id: string, name: string): Uint8Array;
  /**
   * The content of the artifact of this name in the run `first`, if it is there,
   * else in the oldest run that has one; null if none has.
   *
   * @throws {ExperimentError} If it is missing or damaged.
   */
  artifactOfAny(
    name: string,
    options: { readonly first: string | null },
  ): Uint8Array | null;
  /** The log of a run, oldest line first. */
  log(id: string): LogLine[];
  /** What the reruns of a run found, oldest first. */
  previousVerdicts(id: string): RerunVerdict[];
  /**
   * Removes metrics, weight hashes and samples after `step`, as a resumed run
   * makes them again.
   *
   * @throws {ExperimentError} If another living process records the run.
   */
  trimTo(id: string, step: number): void;
  /** Removes contents that no artifact needs, as a crash can leave behind. */
  collectGarbage(): void;
}

/**
 * Opens the records in a results folder, and makes the folder and the database
 * if they are not there.
 *
 * @throws {ExperimentError} If the database is newer than this program, or
 * another program's; with `readOnly`, if there is none.
 * @throws {RunError} If it cannot be opened.
 */
export function openRecords(
  folder: string,
  options: DatabaseOptions = {},
): Records {
  return new FolderRecords(resolve(folder), options);
}

class FolderRecords implements Records {
  readonly folder: string;
  readonly #database: Database;
  readonly #runs: RunTable;
  readonly #verdicts: VerdictTable;
  readonly #matrices: MatrixTable;
  readonly #metrics: MetricTable;
  readonly #samples: SampleTable;
  readonly #objects: ObjectStore;

  constructor(folder: string, options: DatabaseOptions) {
    this.folder = folder;
    this.#database = new Database(folder, options);
    this.#runs = new RunTable(this.#database);
    this.#verdicts = new VerdictTable(this.#database);
    this.#matrices = new MatrixTable(this.#database);
    this.#metrics = new MetricTable(this.#database);
    this.#samples = new SampleTable(this.#database);
    this.#objects = new ObjectStore(this.#database, folder);
  }

  startRun(newRun: NewRun, { unique = false } = {}): Recorder {
    const holder = thisHolder();
    const at = new Date(Date.now());
    const doing = `start a run of "${newRun.experiment}"`;
    const made: string[] = [];
    const undo = () => {
      for (const path of made.splice(0)) {
        Deno.removeSync(path, { recursive: true });
      }
    };
    try {
      const id = this.#database.write(doing, () => {
        undo();
        if (unique) this.#checkUnique(newRun);
        for (let attempt = 0;; attempt++) {
          const id = runId(newRun.experiment, at, holder, attempt);
          const folder = this.#newRunFolder(id);
          if (folder === undefined) continue;
          made.push(folder);
          new Reserve(folder).claim();
          if (this.#runs.add(id, newRun, holder, at.toISOString())) return id;
          undo();
        }
      });
      return this.#recorder(this.#find(id), 1);
    } catch (error) {
      undo();
      throw recordFailure(error, doing, this.folder);
    }
  }

  continueRun(id: string): Recorder {
    const { run: { id: exactId } } = this.#find(id);
    const lease = this.#database.write(`resume ${exactId}`, () => {
      const { number, run, holder } = this.#find(exactId);
      const where = `run ${exactId} in ${this.folder}`;
      if (run.state === "finished") {
        throw new ExperimentError(`Cannot resume ${exactId}: it has finished`, {
          where,
          fix: `Repeat it by "rerun ${exactId}"`,
        });
      }
      if (run.state === "running") {
        throw new ExperimentError(
          `Cannot resume ${exactId}: process ${holder.pid} on ` +
            `${holder.host} is running it`,
          { where, fix: "Wait for that process, or stop it by Ctrl+C" },
        );
      }
      const folder = this.#newRunFolder(exactId) ??
        join(this.folder, "runs", exactId);
      new Reserve(folder).claim();
      this.#objects.sweep(Date.now());
      const at = new Date(Date.now()).toISOString();
      return this.#runs.takeOver(number, thisHolder(), at);
    });
    return this.#recorder(this.#find(exactId), lease);
  }

  runs(
    { experiment, state, planHash, trainingHash }: RunFilter = {},
  ): Run[] {
    const found = planHash !== undefined
      ? this.#runs.withHash("plan_hash", planHash, Date.now())
      : trainingHash !== undefined
      ? this.#runs.withHash("training_hash", trainingHash, Date.now())
      : this.#runs.all(Date.now());
    return found.map(({ run }) => run)
      .filter((run) => run.trainingHash === (trainingHash ?? run.trainingHash))
      .filter((run) => run.experiment === (experiment ?? run.experiment))
      .filter((run) => run.state === (state ?? run.state));
  }

  run(id: string): Run {
    return this.#find(id).run;
  }

  get known(): readonly KnownRun[] {
    return this.#runs.known();
  }

  matrix(name: string): MatrixRecord | null {
    return this.#matrices.find(name);
  }

  recordMatrix(matrix: MatrixRecord): void {
    this.#database.write(`record the matrix "${matrix.name}"`, () => {
      this.#matrices.put(matrix);
    });
  }

  metrics(id: string, filter: MetricFilter = {}): MetricPoint[] {
    return this.metricSeries(id, filter).flatMap(
      ({ split, name, steps, values }) =>
        steps.map((step, i) => ({ split, name, step, value: values[i]! })),
    );
  }

  metricSeries(id: string, filter: MetricFilter = {}): MetricSeries[] {
    return this.#metrics.series(this.#find(id).number, filter);
  }

  metricsThinned(
    id: string,
    options: MetricFilter & { readonly perSeries: number },
  ): MetricSeries[] {
    return this.metricSeries(id, options)
      .map((series) => thinSeries(series, options.perSeries));
  }

  lastMetrics(id: string): Record<string, number> {
    return this.#metrics.last(this.#find(id).number);
  }

  weightHashes(id: string): WeightHash[] {
    return this.#database.sql(
      `SELECT step, name AS layer, lower(hex(sha256)) AS sha256
       FROM weight_hash JOIN layer ON layer.id = layer
       WHERE run = ? ORDER BY step, position`,
    ).all(this.#find(id).number).map(plain) as unknown as WeightHash[];
  }

  samples(id: string, filter: SampleFilter = {}): SeenSample[] {
    return this.#samples.some(this.#find(id).number, filter);
  }

  sample(id: string, index: number): SeenSample | null {
    const [found] = this.samples(id, { from: index, count: 1 });
    return found?.index === index ? found : null;
  }

  sampleIndices(id: string): number[] {
    return this.#samples.indices(this.#find(id).number);
  }

  artifacts(id: string): Artifact[] {
    return this.#database.sql(
      `SELECT name, media_type AS mediaType, bytes, sha256
       FROM artifact WHERE run = ? ORDER BY name`,
    ).all(this.#find(id).number).map(plain) as unknown as Artifact[];
  }

  artifact(id: string, name: string): Uint8Array {
    const exactId = this.#find(id).run.id;
    const artifacts = this.artifacts(exactId);
    const artifact = artifacts.find((a) => a.name === name);
    const where = `run ${exactId}, artifact ${JSON.stringify(name)}`;
    if (artifact) return this.#objects.get(artifact.sha256, where);
    const nearest = nearestName(name, artifacts.map((a) => a.name));
    throw new ExperimentError("Cannot read the artifact: there is none", {
      where,
      fix: nearest
        ? `Did you mean "${nearest}"?`
        : `See what there is by "show ${exactId}"`,
    });
  }

  artifactOfAny(
    name: string,
    { first }: { readonly first: string | null },
  ): Uint8Array | null {
    const row = this.#database.sql(
      `SELECT run.id, artifact.sha256 FROM artifact
       JOIN run ON run.number = artifact.run WHERE artifact.name = ?
       ORDER BY run.id IS NOT ?, run.number LIMIT 1`,
    ).get(name, first) as { id: string; sha256: string } | undefined;
    if (!row) return null;
    const where = `run ${row.id}, artifact ${JSON.stringify(name)}`;
    return this.#objects.get(row.sha256, where);
  }

  log(id: string): LogLine[] {
    return this.#database.sql(
      "SELECT at, level, text FROM log WHERE run = ? ORDER BY number",
    ).all(this.#find(id).number).map(plain) as unknown as LogLine[];
  }

  previousVerdicts(id: string): RerunVerdict[] {
    return this.#verdicts.ofReruns(this.#find(id).run.id);
  }

  trimTo(id: string, step: number): void {
    const { run: { id: exactId } } = this.#find(id);
    this.#database.write(`shorten ${exactId} to step ${step}`, () => {
      const { number, run, holder } = this.#find(exactId);
      if (run.state === "running" && !isThisProcess(holder)) {
        throw new ExperimentError(
          `Cannot shorten ${exactId}: process ${holder.pid} on ` +
            `${holder.host} is running it`,
          {
            where: `run ${exactId} in ${this.folder}`,
            fix: "Wait for its end",
          },
        );
      }
      for (const table of ["metric", "weight_hash", "sample"]) {
        this.#database.sql(`DELETE FROM ${table} WHERE run = ? AND step > ?`)
          .run(number, step);
      }
    });
  }

  collectGarbage(): void {
    this.#database.write(
      "remove contents without use",
      () => this.#objects.sweep(Date.now()),
    );
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]();
  }

  #recorder({ number, run }: NumberedRun, lease: number): Recorder {
    return new RunRecorder(
      {
        database: this.#database,
        runs: this.#runs,
        metrics: this.#metrics,
        samples: this.#samples,
        objects: this.#objects,
      },
      { number, run, lease, resultsFolder: this.folder },
    );
  }

  /** Refuses a run of a plan and data that another one stands for already. */
  #checkUnique({ experiment, planHash, inputs }: NewRun): void {
    const other = foremostRun(
      this.runs({ planHash })
        .filter((run) => haveSameData(run.inputs, inputs)),
    );
    if (!other) return;
    throw new ExperimentError(
      `Cannot start a run of "${experiment}": ${other.id} of the same plan ` +
        `is ${other.state}`,
      {
        where: `the records in ${this.folder}`,
        fix: `Look at it by "show ${other.id}"`,
      },
    );
  }

  /** Makes the folder of a run; `undefined` if it is there. */
  #newRunFolder(id: string): string | undefined {
    const folder = join(this.folder, "runs");
    const path = join(folder, id);
    checkNoLink(folder);
    checkNoLink(path);
    Deno.mkdirSync(folder, { recursive: true });
    try {
      Deno.mkdirSync(path);
      return path;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return undefined;
      throw error;
    }
  }

  /** A run by its id, or by whatever else names one. */
  #find(name: string): NumberedRun {
    const exact = this.#runs.find(name, Date.now());
    return exact ?? this.#find(namedRun(this, name).id);
  }
}

/** A row as a plain object, equal to one written in full. */
function plain(row: object): object {
  return { ...row };
}
