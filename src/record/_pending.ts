import type { Tables } from "./table/mod.ts";
import type { LogLine, MetricPoint, SeenSample, WeightHash } from "./types.ts";

/** What a run was given to record and has not written yet. */
export class Pending {
  #points: MetricPoint[] = [];
  #hashes: WeightHash[] = [];
  #samples: SeenSample[] = [];
  #lines: LogLine[] = [];

  /** How many points and samples wait. */
  get pieces(): number {
    return this.#points.length + this.#samples.length;
  }

  /** Adds points. */
  addMetrics(points: readonly MetricPoint[]): void {
    for (const point of points) {
      checkStep(point.step);
      this.#points.push(point);
    }
  }

  /** Adds hashes of weights, in the network's order. */
  addWeightHashes(hashes: readonly WeightHash[]): void {
    for (const hash of hashes) {
      checkStep(hash.step);
      checkHash(hash.sha256);
      this.#hashes.push(hash);
    }
  }

  /** Adds samples. */
  addSamples(samples: readonly SeenSample[]): void {
    for (const sample of samples) {
      checkStep(sample.step);
      checkHash(sample.sha256);
      this.#samples.push(sample);
    }
  }

  /** Adds a line of the log. */
  addLine(line: LogLine): void {
    this.#lines.push(line);
  }

  /** Writes all of it, and keeps it. Call it within a transaction. */
  writeTo({ metrics, samples, weightHashes, log }: Tables, run: number): void {
    metrics.put(run, this.#points);
    samples.put(run, this.#samples);
    weightHashes.add(run, this.#hashes);
    log.add(run, this.#lines);
  }

  /** Lets go of it, once it is written. */
  clear(): void {
    this.#points = [];
    this.#hashes = [];
    this.#samples = [];
    this.#lines = [];
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
