import * as z from "zod";
import { choice, count, labelComponents } from "@/core/mod.ts";
import {
  type Found,
  matchedOneForOne,
  type Objects,
  overlappingPairs,
  withPartner,
} from "./_matching.ts";
import { defineMetric, proposalOf, truthOf } from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

/**
 * Clefts as objects: 26-connected components of what is called cleft, and of the
 * truth. Pairs overlap enough where their shared voxels are at least `minOverlap`
 * of the smaller one, of the cleft, or of both together.
 *
 * One for one, they are matched so that their overlap is largest, each with one
 * other at most (Hungarian assignment), as evaluations of synapses after Parag et
 * al. do: one large component does not find several clefts. With `matching: any`
 * each that has a partner counts, as VESICLE (Roncal et al. 2015) has it.
 */
export const matchedObjects = defineMetric({
  name: "matchedObjects",
  summary: "Precision, recall and F1 of clefts matched one for one",
  options: {
    minOverlap: z.number().min(0).max(1).default(0.1).describe(
      "share of a component that another one covers at least; 0: any voxel",
    ),
    overlapOf: choice(
      ["smaller", "cleft", "union"],
      "smaller",
      "what it is a share of: the smaller of the two, the cleft, or both together",
    ),
    matching: choice(
      ["one", "any"],
      "one",
      "one: each finds one other at most; any: one can find several",
    ),
    minTruthVox: count(1, "smaller clefts are not counted"),
    minComponentVox: count(1, "smaller components are not counted"),
  },
  create: (options) => ({
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
      const { minTruthVox, minComponentVox } = options;
      const components = (of: Uint8Array, leastVox: number) =>
        largeOnes(labelComponents(of, input.shapeVox, 26), leastVox);
      const clefts = components(truthOf(input), minTruthVox);
      const called = components(
        proposalOf(input, thresholdOf(input)),
        minComponentVox,
      );
      const pairs = overlappingPairs(clefts, called, options);
      const found = options.matching === "one"
        ? matchedOneForOne(pairs, [clefts.sizes.length, called.sizes.length])
        : withPartner(pairs);
      const precision = ratio(found.called, called.sizes.length);
      const recall = ratio(found.clefts, clefts.sizes.length);
      return {
        objectPrecision: precision,
        objectRecall: recall,
        objectF1: f1Of(found, {
          clefts: clefts.sizes.length,
          called: called.sizes.length,
        }),
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

/** The harmonic mean of precision and recall; null where there is nothing at all. */
function f1Of(found: Found, { clefts, called }: Found): number | null {
  if (clefts + called === 0) return null;
  if (found.clefts === found.called) {
    return 2 * found.clefts / (clefts + called);
  }
  const precision = found.called / called, recall = found.clefts / clefts;
  return 2 * precision * recall / (precision + recall);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
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
