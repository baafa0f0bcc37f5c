import { openRng, type Sample } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { simple, type SimpleParameters } from "./simple.ts";

const always = { flipZ: 1, flipX: 1, flipY: 1, transpose: 1 };
const none: SimpleParameters = {
  flipZ: false,
  flipX: false,
  flipY: false,
  transpose: false,
};

/** Two sections of 2 x 2 voxels, numbered from 0. */
function numbered(): Sample {
  return makeSample({
    shapeVox: [2, 2, 2],
    grey: (z, y, x) => 4 * z + 2 * y + x,
  });
}

Deno.test("simple() flips and transposes as drawn", () => {
  const { apply } = simple.create(always);
  const image = (turn: Partial<SimpleParameters>) =>
    apply(numbered(), { ...none, ...turn }).image;
  assertSameNumbers(image({}), [0, 1, 2, 3, 4, 5, 6, 7]);
  assertSameNumbers(image({ flipZ: true }), [4, 5, 6, 7, 0, 1, 2, 3]);
  assertSameNumbers(image({ flipX: true }), [1, 0, 3, 2, 5, 4, 7, 6]);
  assertSameNumbers(image({ flipY: true }), [2, 3, 0, 1, 6, 7, 4, 5]);
  assertSameNumbers(image({ transpose: true }), [0, 2, 1, 3, 4, 6, 5, 7]);
  // x flip first gives 1 0 / 3 2, exchanging y with x then 1 3 / 0 2.
  assertSameNumbers(
    image({ flipX: true, transpose: true }),
    [1, 3, 0, 2, 5, 7, 4, 6],
  );
});

Deno.test("simple() moves target, mask and box with the image", () => {
  const before: Sample = {
    ...makeSample({
      shapeVox: [1, 3, 3],
      grey: (_z, y, x) => y === 0 && x === 1 ? 1 : 0,
    }),
    mask: Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1),
    voxelNm: [40, 4, 8],
    inside: { startVox: [0, 0, 1], shapeVox: [1, 3, 2] },
  };
  const after = simple.create(always)
    .apply(before, { ...none, flipX: true, transpose: true });
  // x 1 stays in the middle of a flip, and then is y.
  assertSameNumbers(after.target, [0, 0, 0, 1, 0, 0, 0, 0, 0]);
  assertSameNumbers(after.mask, [1, 1, 1, 1, 1, 1, 0, 1, 1]);
  assertSameNumbers(after.voxelNm, [40, 8, 4]);
  assertSameNumbers(after.inside.startVox, [0, 0, 0]);
  assertSameNumbers(after.inside.shapeVox, [1, 2, 3]);
});

Deno.test("simple() does each turn half of the time, on its own", () => {
  const { draw } = simple.create({
    flipZ: 0.5,
    flipX: 0.5,
    flipY: 0.5,
    transpose: 0.5,
  });
  const n = 4000, counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const turn = draw([2, 4, 4], openRng(9).at("sample", i, "augment", 0));
    const key = Object.values(turn).map(Number).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assertEquals(counts.size, 16);
  for (const count of counts.values()) {
    assertAlmostEquals(count, n / 16, 4 * Math.sqrt(n * 15 / 256));
  }
});

Deno.test("simple() says that it cannot transpose oblong patches", () => {
  const oblong = simple.create(always).check!([8, 96, 64]);
  assertEquals(oblong?.includes("96 x 64"), true);
  assertEquals(simple.create(always).check!([8, 96, 96]), undefined);
  assertEquals(
    simple.create({ ...always, transpose: 0 }).check!([8, 96, 64]),
    undefined,
  );
});
