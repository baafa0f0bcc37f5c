import * as assert from "node:assert";
import type { Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import type { MetricInput } from "./_metric.ts";
import { caseInput, cleftCases } from "./_cleft_cases_testing.ts";
import { boxes } from "./_testing.ts";
import { cremi } from "./cremi.ts";

const shapeVox: Zyx = [5, 12, 12];
const metric = cremi.create({});
const empty = () => new Uint8Array(5 * 12 * 12);
const truth = boxes(shapeVox, [[2, 3, 3], [2, 5, 8]])(empty());
const proposal = boxes(
  shapeVox,
  [[2, 4, 4], [2, 6, 9]],
  [[4, 10, 10], [4, 10, 10]],
)(empty());

function inputOf(called: Uint8Array, target: Uint8Array): MetricInput {
  return {
    probability: Float32Array.from(called),
    target,
    mask: empty().fill(1),
    shapeVox,
    voxelNm: [40, 4, 4],
    threshold: 0.5,
  };
}

Deno.test("cremi() gives the toy values of the definition in scipy", () => {
  // distance_transform_edt of both backgrounds, scipy 1.17, sampling (40, 4, 4)
  const wanted = {
    adgt: 6.131900787280227,
    adgtStd: 18.200052142730527,
    adgtMax: 82.84926070883192,
    adf: 1.8698252360829102,
    adfStd: 2.122204887966167,
    adfMax: 5.656854249492381,
    score: 4.000863011681568,
    fp200: 0,
    fn200: 0,
    f1At200: 1,
  };
  const result = metric.evaluate(inputOf(proposal, truth));
  assert.deepStrictEqual(Object.keys(result), Object.keys(wanted));
  for (const [name, value] of Object.entries(wanted)) {
    assertAlmostEquals(result[name]!, value, 1e-9);
  }
});

Deno.test("cremi() counts voxels farther than 200 nm, not at 200 nm", () => {
  const row = (...at: number[]) => {
    const array = new Uint8Array(60);
    for (const x of at) array[x] = 1;
    return array;
  };
  const result = metric.evaluate({
    ...inputOf(row(0, 50, 51), row(0)), // 0, 200 and 204 nm away
    mask: new Uint8Array(60).fill(1),
    shapeVox: [1, 1, 60],
  });
  assertEquals(result.fp200, 1);
  assertEquals(result.fn200, 0);
  assertEquals(result.f1At200, 0.8); // precision 2/3, recall 1
});

Deno.test("cremi() has no distance where one side is empty", () => {
  const nothing = metric.evaluate(inputOf(empty(), truth));
  assertEquals(nothing.fp200, 0);
  assertEquals(nothing.fn200, 18);
  const invented = metric.evaluate(inputOf(proposal, empty()));
  assertEquals(invented.fp200, 19);
  assertEquals(invented.fn200, 0);
  const both = metric.evaluate(inputOf(empty(), empty()));
  assertEquals(both.fp200, 0);
  assertEquals(both.fn200, 0);
  for (const result of [nothing, invented, both]) {
    for (const name of ["adgt", "adf", "adgtMax", "score", "f1At200"]) {
      assertEquals(result[name], null, name);
    }
  }
});

Deno.test("cremi() takes unlabelled voxels as background on both sides", () => {
  const input = inputOf(proposal, truth);
  const mask = empty().fill(1);
  mask[(4 * 12 + 10) * 12 + 10] = 0; // the far voxel of the proposal
  const result = metric.evaluate({ ...input, mask });
  // Without it (19 · 6.1319… - 82.8492…) / 18 is left.
  assertAlmostEquals(
    result.adgt!,
    (19 * 6.131900787280227 - 82.84926070883192) / 18,
    1e-9,
  );
  assertAlmostEquals(result.adf!, 1.8698252360829102, 1e-9);
});

Deno.test("cremi() gives what scipy gives of random volumes", () => {
  for (const one of cleftCases()) {
    const result = metric.evaluate(caseInput(one));
    for (const [name, value] of Object.entries(one.cremi)) {
      assertAlmostEquals(result[name]!, value, 1e-9);
    }
    assertEquals(result.fp200, one.cremi.fp200);
    assertEquals(result.fn200, one.cremi.fn200);
  }
});
