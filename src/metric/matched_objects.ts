import * as z from "zod";
import { assignRows, count, labelComponents } from "@/core/mod.ts";
import { defineMetric, proposalOf, truthOf } from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

/**
 * Clefts found one for one: components of what is called cleft are matched with
 * those of the truth so that their overlap is largest, each with one other at
 * most, pairs of less than `minOverlap` not at all. As VESICLE (Roncal et al.
 * 2015) and Heinrich's evaluation count synapses; unlike `objects`, one large
 * component does not find several clefts.
 */
export const matchedObjects = defineMetric({
  name: "matchedObjects",
  summary: "Precision, recall and F1 of clefts matched one for one",
  options: {
    minOverlap: z.number().min(0).max(1).default(0.1).describe(
      "share of the smaller of two components that the other covers at least",
    ),
    minTruthVox: count(1, "smaller clefts are not counted"),
    minComponentVox: count(1, "smaller components are not counted"),
  },
  create: ({ minOverlap, minTruthVox, minComponentVox }) => ({
    outputs: [
      share(
        "objectPrecision",
        "Object precision",
        "components that are clefts",
      ),
      share("objectRecall", "Object recall", "clefts that are found"),
      {
        ...share("objectF1", "Object F1", ""),
        summary: "Harmonic mean of object precision and recall",
      },
    ],
    evaluate(input) {
      const components = (of: Uint8Array, leastVox: number) =>
        largeOnes(labelComponents(of, input.shapeVox, 26), leastVox);
      const clefts = components(truthOf(input), minTruthVox);
      const called = components(
        proposalOf(input, thresholdOf(input)),
        minComponentVox,
      );
      const matched = matchedPairs(clefts, called, minOverlap);
      const precision = ratio(matched, called.sizes.length);
      const recall = ratio(matched, clefts.sizes.length);
      return {
        objectPrecision: precision,
        objectRecall: recall,
        objectF1: ratio(
          2 * matched,
          called.sizes.length + clefts.sizes.length,
        ),
      };
    },
  }),
});

function share(name: string, label: string, of: string) {
  return {
    name,
    label,
    summary: `Share of the ${of}`,
    unit: "",
    better: "higher",
    best: 1,
    bounds: [0, 1],
  } as const;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Components that count. */
interface Objects {
  /** The number of the component from 1, 0 elsewhere, `[D, H, W]`. */
  readonly labels: Int32Array;
  /** Voxels of each component, the first one's first. */
  readonly sizes: readonly number[];
}

function largeOnes(
  { labels, count }: ReturnType<typeof labelComponents>,
  leastVox: number,
): Objects {
  const sizes = new Int32Array(count + 1);
  for (const label of labels) sizes[label]!++;
  const numbers = new Int32Array(count + 1);
  const kept: number[] = [];
  for (let label = 1; label <= count; label++) {
    if (sizes[label]! >= leastVox) numbers[label] = kept.push(sizes[label]!);
  }
  return { labels: labels.map((label) => numbers[label]!), sizes: kept };
}

/** How many pairs there are when the overlaps of all together are largest. */
function matchedPairs(a: Objects, b: Objects, minOverlap: number): number {
  const shared = new Map<number, number>(); // by a · |b| + b
  for (let i = 0; i < a.labels.length; i++) {
    if (a.labels[i] === 0 || b.labels[i] === 0) continue;
    const key = (a.labels[i]! - 1) * b.sizes.length + b.labels[i]! - 1;
    shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  const [rows, columns] = a.sizes.length <= b.sizes.length
    ? [a.sizes.length, b.sizes.length]
    : [b.sizes.length, a.sizes.length];
  const overlaps = new Float64Array(rows * columns);
  for (const [key, voxels] of shared) {
    const i = Math.floor(key / b.sizes.length), j = key % b.sizes.length;
    const overlap = voxels / Math.min(a.sizes[i]!, b.sizes[j]!);
    if (overlap < minOverlap) continue;
    const [row, column] = a.sizes.length <= b.sizes.length ? [i, j] : [j, i];
    // A pair counts before how much it shares: 1 is more than any overlap.
    overlaps[row * columns + column] = 1 + overlap / (rows + 1);
  }
  const columnOf = assignRows(overlaps.map((v) => -v), [rows, columns]);
  return columnOf.reduce(
    (pairs, column, row) =>
      pairs + (overlaps[row * columns + column]! > 0 ? 1 : 0),
    0,
  );
}
