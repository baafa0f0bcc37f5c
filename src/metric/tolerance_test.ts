import { deepStrictEqual } from "node:assert";
import type { Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { caseInput, cleftCases } from "./_cleft_cases_testing.ts";
import type { MetricInput } from "./_metric.ts";
import { boxes } from "./_testing.ts";
import { tolerance } from "./tolerance.ts";

const shapeVox: Zyx = [5, 12, 12];
const empty = () => new Uint8Array(5 * 12 * 12);
const truth = boxes(shapeVox, [[2, 3, 3], [2, 5, 8]])(empty());
const proposal = boxes(
  shapeVox,
  [[2, 4, 4], [2, 6, 9]],
  [[4, 10, 10], [4, 10, 10]],
)(empty());

function measured(
  toleranceNm: number,
  { called = proposal, target = truth }: {
    readonly called?: Uint8Array;
    readonly target?: Uint8Array;
  } = {},
) {
  const input: MetricInput = {
    probability: Float32Array.from(called),
    target,
    mask: empty().fill(1),
    ...{ shapeVox, voxelNm: [40, 4, 4], threshold: 0.5 },
  };
  return tolerance.create({ toleranceNm, clipNm: 200 }).evaluate(input);
}

Deno.test("tolerance() gives the toy values of the definition in scipy", () => {
  const counts = (nm: number) => {
    const { fpBeyond, fnBeyond } = measured(nm);
    return [fpBeyond, fnBeyond];
  };
  deepStrictEqual(counts(0), [9, 8]);
  deepStrictEqual(counts(50), [1, 0]);
  deepStrictEqual(counts(80), [1, 0]);
  deepStrictEqual(counts(200), [0, 0]);
  // 10 of 19 voxels lie in the truth, 10 of its 18 are called so.
  assertAlmostEquals(measured(0).f1Within!, 20 / 37, 1e-12);
  assertEquals(measured(40).precisionWithin, 1 - 1 / 19);
});

Deno.test("tolerance() gives what scipy gives of random volumes", () => {
  for (const one of cleftCases()) {
    for (const { toleranceNm, ...wanted } of one.within) {
      const metric = tolerance.create({
        ...{ toleranceNm: toleranceNm!, clipNm: toleranceNm! },
      });
      const result = metric.evaluate(caseInput(one));
      for (const [name, value] of Object.entries(wanted)) {
        assertAlmostEquals(result[name]!, value!, 1e-9);
      }
      assertEquals(result.fpBeyond, wanted.fpBeyond);
      assertEquals(result.fnBeyond, wanted.fnBeyond);
    }
  }
});

Deno.test("tolerance() has no share where one side is empty", () => {
  const nothing = measured(40, { called: empty() });
  deepStrictEqual(
    [nothing.fpBeyond, nothing.fnBeyond, nothing.f1Within],
    [0, 18, null],
  );
  const invented = measured(40, { target: empty() });
  deepStrictEqual(
    [invented.fpBeyond, invented.fnBeyond, invented.adgtClipped],
    [19, 0, null],
  );
});
