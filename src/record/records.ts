import { resolve } from "node:path";
import { ArtifactReader } from "./_artifact_reader.ts";
import { Claims } from "./_claims.ts";
import { Collection } from "./collection/collection.ts";
import type { DatabaseOptions } from "./_database.ts";
import { damagedRecords } from "./_failure.ts";
import { processOf, type RecordingProcess } from "./_holder.ts";
import { Parts } from "./_parts.ts";
import { namedRun } from "./named_runs.ts";
import { Recorder } from "./recorder.ts";
import type { MetricFilter, MetricSeries } from "./table/metrics.ts";
import type { Tables } from "./table/mod.ts";
import type { SampleFilter } from "./table/samples.ts";
import { thinSeries } from "./thin.ts";
import type {
  Artifact,
  KnownRun,
  LogLine,
  MatrixRecord,
  MetricPoint,
  NewRun,
  OwnedArtifact,
  Resume,
  Run,
  RunFilter,
  SeenSample,
  WeightHash,
} from "./types.ts";
import type { RerunVerdict } from "./verdict.ts";

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
  return new Records(resolve(folder), options);
}

/**
 * Opens the records in a results folder to read them, and changes nothing.
 *
 * @throws {ExperimentError} If there are none, or the database is newer than this
 * program, or another program's.
 * @throws {RunError} If it cannot be opened.
 */
export function readRecords(folder: string): Records {
  return openRecords(folder, { readOnly: true });
}

/**
 * The records of every run in a results folder: `runs.sqlite`, `objects/` and
 * `runs/<id>/`. Any number of processes can use them at once; each run is
 * recorded by one of them. A run is named as {@linkcode namedRun} says; every
 * method that takes one throws an {@linkcode ExperimentError} with the nearest
 * names if there is no such run.
 */
export class Records implements Disposable {
  /** The results folder, as an absolute path. */
  readonly folder: string;
  /** The runs as a collection. */
  readonly collection: Collection;
  readonly #parts: Parts;
  readonly #tables: Tables;
  readonly #claims: Claims;
  readonly #contents: ArtifactReader;

  /** Opens those in a folder; see {@linkcode openRecords}. */
  constructor(folder: string, options: DatabaseOptions) {
    this.folder = folder;
    this.#parts = new Parts(folder, options);
    this.#tables = this.#parts.tables;
    this.#claims = new Claims(this.#parts);
    this.#contents = new ArtifactReader(this.#parts);
    this.collection = new Collection(this.#parts);
  }

  /**
   * Adds a run and begins to record it.
   *
   * @throws {ExperimentError} If it should be `unique` and there is one of the
   * same plan and data.
   * @throws {RunError} If it cannot be written.
   */
  startRun(
    run: NewRun,
    { unique = false }: { readonly unique?: boolean } = {},
  ): Recorder {
    return new Recorder(this.#parts, this.#claims.start(run, { unique }));
  }

  /**
   * Takes up a run that failed, crashed or was interrupted; metrics, hashes of
   * weights and samples after a step are removed, as it makes them again.
   *
   * @throws {ExperimentError} If it has finished, or a living process records it.
   * @throws {RunError} If it cannot be written.
   */
  continueRun(
    id: string,
    { afterStep }: { readonly afterStep: number },
  ): Recorder {
    const claim = this.#claims.resume(this.#find(id).id, { afterStep });
    return new Recorder(this.#parts, claim);
  }

  /** Runs in the order they started. */
  runs(filter: RunFilter = {}): Run[] {
    return this.#parts.runs.where(filter);
  }

  /** One run. */
  run(id: string): Run {
    return this.#parts.runs.find(this.#find(id).id)!.run;
  }

  /** What every run can be named by, in the order they started. */
  get known(): readonly KnownRun[] {
    return this.#tables.runs.known();
  }

  /** The same of those that were deleted. */
  get deleted(): readonly KnownRun[] {
    return this.#tables.runs.known({ deleted: true });
  }

  /**
   * The id of the run that was begun last, of one experiment or of any; of one
   * that was imported only where Cleft has trained none. Null without runs.
   */
  lastId(experiment?: string): string | null {
    return this.#tables.runs.lastId(experiment);
  }

  /**
   * A number that is another one once somebody else has written, which costs
   * next to nothing to ask.
   *
   * @throws {RunError} If the database was removed or replaced meanwhile.
   */
  get version(): number {
    return this.#parts.database.version;
  }

  /** Which process records a run, or did so last. */
  recordedBy(id: string): RecordingProcess {
    const { number } = this.#find(id);
    return processOf(this.#tables.heartbeats.of(number).holder);
  }

  /** When a run was gone on with, oldest first. */
  resumes(id: string): Resume[] {
    return this.#tables.resumes.of(this.#find(id).number);
  }

  /** What the reruns of a run found, oldest first. */
  previousVerdicts(id: string): RerunVerdict[] {
    return this.#tables.verdicts.ofReruns(this.#find(id).id);
  }

  /** The matrix of this name as it was when last run, or null. */
  matrix(name: string): MatrixRecord | null {
    return this.#tables.matrices.find(name);
  }

  /**
   * Records a matrix in place of the one of its name.
   *
   * @throws {RunError} If it cannot be written.
   */
  recordMatrix(matrix: MatrixRecord): void {
    this.#parts.database.write(
      `record the matrix "${matrix.name}"`,
      () => this.#tables.matrices.put(matrix),
    );
  }

  /** The numbers of a run, by split, name and step. */
  metrics(id: string, filter: MetricFilter = {}): MetricPoint[] {
    return this.metricSeries(id, filter).flatMap(
      ({ split, name, steps, values }) =>
        steps.map((step, i) => ({ split, name, step, value: values[i]! })),
    );
  }

  /** The same by columns, which is faster. */
  metricSeries(id: string, filter: MetricFilter = {}): MetricSeries[] {
    return this.#tables.metrics.series(this.#find(id).number, filter);
  }

  /**
   * The same with at most `perSeries` points each, for charts: the lowest and
   * the highest of each stretch stay, and gaps of NaN.
   *
   * @throws {RangeError} If `perSeries` is below 8.
   */
  metricsThinned(
    id: string,
    options: MetricFilter & { readonly perSeries: number },
  ): MetricSeries[] {
    return this.metricSeries(id, options)
      .map((series) => thinSeries(series, options.perSeries));
  }

  /** The value of every metric at its last step, as `split/name`. */
  lastMetrics(id: string): Record<string, number> {
    return this.#tables.metrics.last(this.#find(id).number);
  }

  /** The hashes of a run's weights, by step and in the network's order. */
  weightHashes(id: string): WeightHash[] {
    return this.#tables.weightHashes.of(this.#find(id).number);
  }

  /** The samples that training has seen, by number, as far as recorded. */
  samples(id: string, filter: SampleFilter = {}): SeenSample[] {
    return this.#tables.samples.some(this.#find(id).number, filter);
  }

  /** One of them, or null if it is not on record. */
  sample(id: string, index: number): SeenSample | null {
    const [found] = this.samples(id, { from: index, count: 1 });
    return found?.index === index ? found : null;
  }

  /** The numbers of all of them, rising, which is faster. */
  sampleIndices(id: string): number[] {
    return this.#tables.samples.indices(this.#find(id).number);
  }

  /** What a run made, by name. */
  artifacts(id: string): Artifact[] {
    return this.#tables.artifacts.of(this.#find(id).number);
  }

  /**
   * The artifacts whose SHA-256 begins with some hexadecimal digits, one of each
   * content: as the oldest run has it.
   */
  artifactsByHash(beginning: string): OwnedArtifact[] {
    return this.#tables.artifacts.beginning(beginning);
  }

  /**
   * The content of an artifact, checked against its hash.
   *
   * @throws {ExperimentError} If there is none, or it is missing or damaged.
   */
  artifact(id: string, name: string): Uint8Array {
    return this.#contents.of(this.#find(id), name);
  }

  /**
   * The content of the artifact of this name in the run `first`, if it is there,
   * else in the oldest run that has one; null if none has.
   *
   * @throws {ExperimentError} If it is missing or damaged.
   */
  artifactOfAny(
    name: string,
    { first }: { readonly first: string | null },
  ): Uint8Array | null {
    return this.#contents.ofAny(name, first);
  }

  /** The log of a run, oldest line first. */
  log(id: string): LogLine[] {
    return this.#tables.log.of(this.#find(id).number);
  }

  /** Closes the database. */
  [Symbol.dispose](): void {
    this.#parts.database[Symbol.dispose]();
  }

  /** A run by its id, or by whatever else names one. */
  #find(name: string): { readonly id: string; readonly number: number } {
    const number = this.#tables.runs.numberOf(name);
    if (number !== undefined) return { id: name, number };
    // An index that does not find what the table has.
    if (this.known.some(({ id }) => id === name)) {
      throw damagedRecords(this.#parts.database.path);
    }
    return this.#find(namedRun(this, name).id);
  }
}
