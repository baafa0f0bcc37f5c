import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { openRng } from "../rng.ts";
import { sizeOf, type Zyx } from "../volume.ts";
import { distanceTransform } from "./edt.ts";

Deno.test("distanceTransform() measures in nanometres along each axis", () => {
  const mask = new Uint8Array(27).fill(1);
  mask[13] = 0; // the centre of 3 × 3 × 3
  const nm = distanceTransform(mask, [3, 3, 3], [40, 4, 3]);
  assertEquals(nm[13], 0);
  assertEquals(nm[4], 40);
  assertEquals(nm[9], 5); // y 4 and x 3
  assertAlmostEquals(nm[0]!, Math.hypot(40, 4, 3), 1e-12);
});

Deno.test("distanceTransform() is Infinity where there is no zero", () => {
  const nm = distanceTransform(new Uint8Array(6).fill(1), [1, 2, 3], [1, 1, 1]);
  assertSameNumbers(nm, new Float64Array(6).fill(Infinity));
});

Deno.test("distanceTransform() is 0 where the mask is", () => {
  const nm = distanceTransform(new Uint8Array(6), [1, 2, 3], [40, 4, 4]);
  assertSameNumbers(nm, new Float64Array(6));
});

Deno.test("distanceTransform() finds the nearest of all zero voxels", () => {
  const shapes: readonly Zyx[] = [[6, 13, 9], [1, 20, 20], [12, 1, 30], [
    7,
    5,
    1,
  ]];
  for (const [n, shape] of shapes.entries()) {
    for (const zeros of [0.002, 0.02, 0.3]) {
      const rng = openRng(9).at(n, zeros);
      const voxelNm: Zyx = n % 2 === 0 ? [40, 4, 4] : [50, 4.6, 3.7];
      const mask = Uint8Array.from(
        { length: shape[0] * shape[1] * shape[2] },
        () => rng.uniform(0, 1) < zeros ? 0 : 1,
      );
      mask[rng.integer(mask.length)] = 0;
      const wanted = nearestByTrying(mask, shape, voxelNm);
      const nm = distanceTransform(mask, shape, voxelNm);
      nm.forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-9));
    }
  }
});

Deno.test("distanceTransform() equals scipy on lines, sections and volumes", () => {
  const cases = readFixture<{
    readonly shapeVox: Zyx;
    readonly every: number;
    readonly voxelNm: Zyx;
    readonly values: readonly number[];
  }>("numeric/edt.jsonl");
  for (const { shapeVox, every, voxelNm, values } of cases) {
    const mask = Uint8Array.from(
      hashedBytes(sizeOf(shapeVox)),
      (byte) => byte % every === 0 ? 0 : 1,
    );
    const nm = distanceTransform(mask, shapeVox, voxelNm);
    values.forEach((value, i) => assertAlmostEquals(nm[i]!, value, 1e-6));
  }
});

function nearestByTrying(
  mask: Uint8Array,
  [, height, width]: Zyx,
  [dz, dy, dx]: Zyx,
): number[] {
  const places = Array.from(mask, (_, i) => [
    Math.floor(i / (height * width)) * dz,
    Math.floor(i / width) % height * dy,
    i % width * dx,
  ]);
  const zeros = places.filter((_, i) => mask[i] === 0);
  return places.map(([z, y, x]) =>
    Math.min(
      ...zeros.map((o) => Math.hypot(z! - o[0]!, y! - o[1]!, x! - o[2]!)),
    )
  );
}
