import { metricLabel } from "@/metric/mod.ts";
import type {
  Difference,
  MetricPoint,
  SeenSample,
  Verdict,
  WeightHash,
} from "@/record/mod.ts";
import { bestPrefix, isRepeatable } from "./recording.ts";

/** What a run to repeat has recorded. */
export interface Recorded {
  /** Its numbers. */
  readonly points: readonly MetricPoint[];
  /** The hashes of its weights. */
  readonly weightHashes: readonly WeightHash[];
  /** The hash of each of its samples by number, as far as recorded. */
  readonly samples: ReadonlyMap<number, string>;
  /** How much it is; beyond what is not whole, nothing is a difference. */
  readonly extent: Verdict["extent"];
}

/** Compares a rerun with the run it repeats, number by number as it goes. */
export class RerunCheck {
  readonly #points: ReadonlyMap<string, number>;
  /** The first step of each series; versions before may not have told some. */
  readonly #begins: ReadonlyMap<string, number>;
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #samples: ReadonlyMap<number, string>;
  readonly #extent: Verdict["extent"];
  // What a run that goes on measures again at a step counts once.
  readonly #samePoints = new Set<string>();
  readonly #sameHashes = new Set<string>();
  readonly #sameSamples = new Set<number>();
  #firstDifference: Difference | null = null;

  /** Takes what there is to compare with. */
  constructor({ points, weightHashes, samples, extent }: Recorded) {
    this.#extent = extent;
    this.#samples = samples;
    const repeatable = points.filter(({ name }) => isRepeatable(name));
    this.#points = new Map(
      repeatable.map((point) => [pointKey(point), point.value]),
    );
    this.#begins = beginnings(repeatable);
    this.#hashes = new Map(weightHashes.map((h) => [hashKey(h), h.sha256]));
  }

  /**
   * Compares points bit for bit, but for what clocks and the machine tell. What
   * that run did not tell yet, as its version of Cleft did not, is no difference.
   */
  metrics(points: readonly MetricPoint[]): void {
    for (const point of points) {
      if (!isRepeatable(point.name)) continue;
      const what = saidOf(point), key = pointKey(point);
      const expected = this.#points.get(key);
      if (expected === undefined) {
        const from = this.#begins.get(seriesKey(point)) ?? Infinity;
        if (point.step < from) continue;
        this.#beyond(point.step, `${what} was not recorded before`);
      } else if (!Object.is(expected, point.value)) {
        const [is, was] = [point.value, expected].map(numberText);
        this.#differ(point.step, `${what} is ${is}, was ${was}`);
      } else this.#samePoints.add(key);
    }
  }

  /** Compares weight hashes. */
  weightHashes(hashes: readonly WeightHash[]): void {
    for (const hash of hashes) {
      const what = `weights of ${hash.layer}`, key = hashKey(hash);
      const expected = this.#hashes.get(key);
      if (expected === hash.sha256) this.#sameHashes.add(key);
      else if (expected !== undefined) this.#differ(hash.step, what);
      else this.#beyond(hash.step, `${what} were not recorded before`);
    }
  }

  /** Compares the data of samples with what is on record; it need not be all. */
  samples(samples: readonly SeenSample[]): void {
    for (const { index, step, sha256 } of samples) {
      const expected = this.#samples.get(index);
      if (expected === sha256) this.#sameSamples.add(index);
      else if (expected) this.#differ(step, `data of sample ${index}`);
    }
  }

  /** What came out; `reasons` are differences of the surroundings. */
  conclude(reasons: readonly string[]): Verdict {
    const points = this.#points.size - this.#samePoints.size;
    const hashes = this.#hashes.size - this.#sameHashes.size;
    const samples = this.#samples.size - this.#sameSamples.size;
    if (points + hashes + samples > 0) {
      this.#differ(
        null,
        `${points} metrics, ${hashes} weight hashes and ${samples} ` +
          "samples on record were not reached",
      );
    }
    const isIdentical = this.#firstDifference === null;
    return {
      isIdentical,
      firstDifference: this.#firstDifference,
      reasons: isIdentical ? [] : reasons,
      same: {
        metrics: this.#samePoints.size,
        weightHashes: this.#sameHashes.size,
        samples: this.#sameSamples.size,
      },
      extent: this.#extent,
    };
  }

  #beyond(step: number, what: string): void {
    if (this.#extent === "whole") this.#differ(step, what);
  }

  #differ(step: number | null, what: string): void {
    this.#firstDifference ??= { step, what };
  }
}

/** What a number is called: `validation AP`. */
function saidOf({ split, name }: Pick<MetricPoint, "split" | "name">): string {
  const ofBest = name.startsWith(bestPrefix);
  const label = metricLabel(ofBest ? name.slice(bestPrefix.length) : name);
  return `${split} ${label}${ofBest ? " of the best weights" : ""}`;
}

/** All digits, and the sign of 0, which is a bit like any other. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : `${value}`;
}

/** The first step of each series. */
function beginnings(
  points: readonly MetricPoint[],
): ReadonlyMap<string, number> {
  const begins = new Map<string, number>();
  for (const point of points) {
    const key = seriesKey(point);
    begins.set(key, Math.min(point.step, begins.get(key) ?? Infinity));
  }
  return begins;
}

function seriesKey({ split, name }: MetricPoint): string {
  return `${split}/${name}`;
}

function pointKey(point: MetricPoint): string {
  return `${seriesKey(point)}/${point.step}`;
}

function hashKey({ step, layer }: WeightHash): string {
  return `${step}/${layer}`;
}
