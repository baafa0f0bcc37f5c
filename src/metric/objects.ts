import { count, labelComponents } from "@/core/mod.ts";
import { defineMetric, proposalOf, truthOf } from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

/**
 * Clefts as 26-connected components of labelled voxels: a cleft is found when
 * enough of its voxels are called cleft; a component of voxels called cleft that
 * touches no truth is false.
 */
export const objects = defineMetric({
  name: "objects",
  summary: "Clefts found, and components that are no cleft",
  options: {
    minOverlapVox: count(1, "voxels called cleft that make a cleft found"),
    minTruthVox: count(1, "smaller clefts are not counted"),
    minComponentVox: count(1, "smaller components are never false"),
  },
  create: ({ minOverlapVox, minTruthVox, minComponentVox }) => ({
    outputs: [
      {
        name: "objects",
        label: "Objects",
        summary: "Clefts there are",
        unit: "clefts",
        better: "neither",
        best: null,
        bounds: [0, Infinity],
      },
      {
        name: "found",
        label: "Objects found",
        summary: "Clefts found",
        unit: "clefts",
        better: "higher",
        best: null,
        bounds: [0, Infinity],
        outOf: "objects",
        prominence: 4,
      },
      {
        name: "falseComponents",
        label: "False components",
        summary: "Components that touch no cleft",
        unit: "components",
        better: "lower",
        best: 0,
        bounds: [0, Infinity],
        prominence: 5,
      },
    ],
    evaluate(input) {
      const truth = truthOf(input);
      const proposal = proposalOf(input, thresholdOf(input));
      const measure = (of: Uint8Array, other: Uint8Array) =>
        measureComponents(labelComponents(of, input.shapeVox, 26), other);
      const clefts = measure(truth, proposal)
        .filter(({ sizeVox }) => sizeVox >= minTruthVox);
      const called = measure(proposal, truth)
        .filter(({ sizeVox }) => sizeVox >= minComponentVox);
      return {
        objects: clefts.length,
        found: clefts.filter((c) => c.sharedVox >= minOverlapVox).length,
        falseComponents: called.filter((c) => c.sharedVox === 0).length,
      };
    },
  }),
});

/** The size of each component, and how much of it another mask shares. */
function measureComponents(
  { labels, count }: ReturnType<typeof labelComponents>,
  other: Uint8Array,
): { sizeVox: number; sharedVox: number }[] {
  const result = Array.from(
    { length: count },
    () => ({ sizeVox: 0, sharedVox: 0 }),
  );
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const component = result[labels[i]! - 1]!;
    component.sizeVox++;
    component.sharedVox += other[i]!;
  }
  return result;
}
