import * as assert from "node:assert";
import { defaultOptions, type Zyx } from "@/core/mod.ts";
import type { MetricInput } from "./_metric.ts";
import { caseInput, cleftCases } from "./_cleft_cases_testing.ts";
import { boxes } from "./_testing.ts";
import { objects } from "./objects.ts";

const shapeVox: Zyx = [3, 10, 10];
const empty = () => new Uint8Array(300);
// Two clefts; of the three components one touches the first in two voxels.
const input: MetricInput = {
  target: boxes(
    shapeVox,
    [[0, 1, 1], [0, 2, 4]],
    [[2, 7, 1], [2, 7, 4]],
  )(empty()),
  probability: Float32Array.from(
    boxes(
      shapeVox,
      [[0, 2, 3], [0, 2, 6]],
      [[0, 7, 7], [0, 8, 8]],
      [[1, 5, 5], [1, 5, 5]],
    )(empty()),
  ),
  mask: empty().fill(1),
  shapeVox,
  voxelNm: [40, 4, 4],
  threshold: 0.5,
};
const withOptions = (options: Record<string, number> = {}) =>
  objects.create({ ...defaultOptions(objects), ...options });

Deno.test("objects() counts clefts, found ones and false components", () => {
  assert.deepStrictEqual(withOptions().evaluate(input), {
    objects: 2,
    found: 1,
    falseComponents: 2,
  });
});

Deno.test("objects() asks for a smallest overlap and smallest sizes", () => {
  const count = (options: Record<string, number>) =>
    Object.values(withOptions(options).evaluate(input)).join();
  assert.equal(count({ minOverlapVox: 2 }), "2,1,2");
  assert.equal(count({ minOverlapVox: 3 }), "2,0,2");
  assert.equal(count({ minComponentVox: 2 }), "2,1,1");
  assert.equal(count({ minTruthVox: 5 }), "1,1,2");
});

Deno.test("objects() ignores unlabelled voxels", () => {
  const mask = empty().fill(1);
  mask.fill(0, 0, 100); // the first section: one cleft, two components
  assert.deepStrictEqual(withOptions().evaluate({ ...input, mask }), {
    objects: 1,
    found: 0,
    falseComponents: 1,
  });
});

Deno.test("objects() counts what scipy counts in random volumes", () => {
  for (const one of cleftCases()) {
    const { objects, found, falseComponents } = one.objects[0]!;
    assert.deepStrictEqual(withOptions().evaluate(caseInput(one)), {
      ...{ objects, found, falseComponents },
    });
  }
});
