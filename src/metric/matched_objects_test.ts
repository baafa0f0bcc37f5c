import { deepStrictEqual } from "node:assert/strict";
import { defaultOptions, type Zyx } from "@/core/mod.ts";
import type { MetricInput } from "./_metric.ts";
import { caseInput, cleftCases } from "./_cleft_cases_testing.ts";
import { boxes } from "./_testing.ts";
import { matchedObjects } from "./matched_objects.ts";

const shapeVox: Zyx = [1, 12, 30];
type Boxes = Parameters<typeof boxes> extends [Zyx, ...infer Rest] ? Rest
  : never;

function score(
  truth: Boxes,
  called: Boxes,
  options: Record<string, number> = {},
): string {
  const empty = () => new Uint8Array(12 * 30);
  const input: MetricInput = {
    target: boxes(shapeVox, ...truth)(empty()),
    probability: Float32Array.from(boxes(shapeVox, ...called)(empty())),
    mask: empty().fill(1),
    shapeVox,
    voxelNm: [40, 4, 4],
    threshold: 0.5,
  };
  const metric = matchedObjects.create({
    ...defaultOptions(matchedObjects),
    ...options,
  });
  return Object.values(metric.evaluate(input)).join();
}

// Each box is two corners: the first voxel, and the one after the last.
const at = (x: number, width: number): [Zyx, Zyx] => [
  [0, 2, x],
  [0, 5, x + width - 1],
];

Deno.test("matchedObjects() lets one component find one cleft", () => {
  deepStrictEqual(
    score([at(0, 4), at(8, 4)], [at(0, 12)]),
    "1,0.5,0.6666666666666666",
  );
  deepStrictEqual(
    score([at(0, 12)], [at(0, 4), at(8, 4)]),
    "0.5,1,0.6666666666666666",
  );
});

Deno.test("matchedObjects() matches so that most pairs are found", () => {
  // The middle component overlaps both clefts, the left one the first alone.
  deepStrictEqual(
    score([at(0, 8), at(12, 8)], [at(0, 3), at(5, 10)]),
    "1,1,1",
  );
});

Deno.test("matchedObjects() asks for an overlap and for sizes", () => {
  const truth = [at(0, 10)], called = [at(9, 10)];
  deepStrictEqual(score(truth, called), "1,1,1");
  deepStrictEqual(score(truth, called, { minOverlap: 0.11 }), "0,0,0");
  const scrap = [at(0, 10), at(20, 1)];
  deepStrictEqual(score(truth, scrap), "0.5,1,0.6666666666666666");
  deepStrictEqual(score(truth, scrap, { minComponentVox: 5 }), "1,1,1");
  deepStrictEqual(score(scrap, truth, { minTruthVox: 5 }), "1,1,1");
});

Deno.test("matchedObjects() says nothing of what is not there", () => {
  deepStrictEqual(score([], []), ",,");
  deepStrictEqual(score([], [at(0, 3)]), "0,,0");
  deepStrictEqual(score([at(0, 3)], []), ",0,0");
});

Deno.test("matchedObjects() matches random volumes as scipy's assignment does", () => {
  for (const one of cleftCases()) {
    const input = caseInput(one);
    for (const { minOverlap, overlapOf, one: alone, any } of one.objects) {
      const by = (matching: "one" | "any") =>
        matchedObjects.create({
          ...defaultOptions(matchedObjects),
          ...{ minOverlap, overlapOf, matching },
        }).evaluate(input);
      deepStrictEqual(Object.values(by("one")), alone);
      const { objectPrecision, objectRecall } = by("any");
      deepStrictEqual([objectPrecision, objectRecall], any);
    }
  }
});

Deno.test("matchedObjects() lets one component find several clefts, if told", () => {
  const several = (truth: Boxes, called: Boxes) =>
    score(truth, called, { matching: "any" } as never);
  deepStrictEqual(several([at(0, 4), at(8, 4)], [at(0, 12)]), "1,1,1");
  deepStrictEqual(
    several([at(0, 4), at(8, 4), at(20, 4)], [at(0, 12)]),
    "1,0.6666666666666666,0.8",
  );
});

Deno.test("matchedObjects() measures overlap by what it is told", () => {
  // 4 of 12 columns of the cleft, 4 of 4 of the component, 4 of 12 together.
  const of = (overlapOf: string, minOverlap: number) =>
    score([at(0, 12)], [at(0, 4)], { overlapOf, minOverlap } as never);
  deepStrictEqual(of("smaller", 1), "1,1,1");
  for (const whole of ["cleft", "union"]) {
    deepStrictEqual(of(whole, 0.3), "1,1,1");
    deepStrictEqual(of(whole, 0.34), "0,0,0");
  }
});
