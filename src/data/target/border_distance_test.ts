import type { Sample, Zyx } from "@/core/mod.ts";
import { inputCases } from "@test/fixtures/loss/cases.ts";
import {
  assertAlmostEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { borderDistanceNm } from "./border_distance.ts";

/** Labels of voxels of 40 × 4 × 4 nm; 2 is not labelled. */
function labelled(shapeVox: Zyx, ...labels: number[]): Sample {
  return {
    ...makeSample({ shapeVox }),
    target: Uint8Array.from(labels, (v) => v === 1 ? 1 : 0),
    mask: Uint8Array.from(labels, (v) => v === 2 ? 0 : 1),
  };
}
const row = (...labels: number[]) => labelled([1, 1, labels.length], ...labels);

Deno.test("borderDistanceNm() is negative in a cleft and grows away from it", () => {
  const nm = borderDistanceNm(row(0, 0, 1, 1, 1, 0));
  assertSameNumbers(nm, [8, 4, -4, -8, -4, 4]);
  const column = labelled([3, 1, 2], 1, 0, 0, 0, 0, 0);
  assertSameNumbers(borderDistanceNm(column), [
    -4,
    4,
    40,
    Math.fround(Math.hypot(40, 4)),
    80,
    Math.fround(Math.hypot(80, 4)),
  ]);
});

Deno.test("borderDistanceNm() measures between labelled voxels, and is 0 elsewhere", () => {
  const nm = borderDistanceNm(row(0, 2, 1, 2, 2, 0));
  assertSameNumbers(nm, [8, 0, -8, 0, 0, 12]);
});

Deno.test("borderDistanceNm() is what scipy's transform gives", () => {
  for (const { shape, voxelNm, target, mask, distanceNm } of inputCases()) {
    const shapeVox = shape.slice(1) as [number, number, number];
    const voxels = target.length / shape[0];
    for (let at = 0; at < target.length; at += voxels) {
      const nm = borderDistanceNm({
        ...makeSample({ shapeVox }),
        voxelNm,
        target: Uint8Array.from(target.slice(at, at + voxels)),
        mask: Uint8Array.from(mask.slice(at, at + voxels)),
      });
      const expected = distanceNm.slice(at, at + voxels);
      nm.forEach((v, i) => assertAlmostEquals(v, expected[i]!, 1e-4));
    }
  }
});

Deno.test("borderDistanceNm() is 0 where no border is seen", () => {
  for (const label of [0, 1, 2]) {
    const nm = borderDistanceNm(row(label, label, label, 2));
    assertSameNumbers(nm, [0, 0, 0, 0]);
  }
});
