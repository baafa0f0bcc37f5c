import fc from "fast-check";
import type { Box, Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { checkBoxes } from "./_boxes_testing.ts";
import { assertEven, drawn } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("cutBlur");
checkBoxes("cutBlur", { box: { blockVox: 2 } });

Deno.test("cutBlur() draws the side of its blocks evenly", () => {
  const sides = drawn<{ boxes: { blockVox: number }[] }>("cutBlur")
    .flatMap(({ boxes }) => boxes.map(({ blockVox }) => blockVox));
  assertEven(sides, [2, 8]);
});

/** What becomes of `[1, 4, 7]` voxels of 0, 1, 2, … / 64. */
function blurred(box: Box, blockVox: number): number[] {
  const { image } = applied(opened("cutBlur"), {
    shapeVox: [1, 4, 7],
    grey: (_z, y, x) => (7 * y + x) / 64,
    parameters: { boxes: [{ ...box, blockVox }] },
  });
  return [...image].map((grey) => 64 * grey);
}

Deno.test("cutBlur() makes each block its mean, with as many blocks as fit", () => {
  const box = { startVox: [0, 1, 1], shapeVox: [1, 2, 5] } as const;
  // Two blocks of about 2 in 5 voxels: the first has 2, the second 3.
  assertSameNumbers(blurred(box, 2), [
    ...[0, 1, 2, 3, 4, 5, 6],
    ...[7, 12, 12, 14.5, 14.5, 14.5, 13],
    ...[14, 12, 12, 14.5, 14.5, 14.5, 20],
    ...[21, 22, 23, 24, 25, 26, 27],
  ]);
  assertEquals(blurred(box, 99)[8], 13.5); // a block larger than the box is it
});

Deno.test("cutBlur() keeps the mean of a box, and all with blocks of a voxel", () => {
  const shapeVox: Zyx = [2, 9, 11];
  fc.assert(
    fc.property(
      fc.tuple(fc.nat(1), fc.nat(4), fc.nat(5)),
      fc.tuple(
        fc.integer({ min: 1, max: 1 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
      ),
      fc.double({ min: 1, max: 7, noNaN: true }),
      (startVox, extentVox, blockVox) => {
        const run = (blockVox: number) =>
          applied(opened("cutBlur"), {
            shapeVox,
            grey: speckle,
            parameters: {
              boxes: [{ startVox, shapeVox: extentVox, blockVox }],
            },
          }).image;
        const still = run(1), coarse = run(blockVox);
        const sum = (image: Float32Array) => image.reduce((a, b) => a + b, 0);
        still.forEach((grey, i) =>
          assertEquals(
            grey,
            speckle(Math.floor(i / 99), Math.floor(i / 11) % 9, i % 11),
          )
        );
        assertAlmostEquals(sum(coarse), sum(still), 1e-4);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("cutBlur() takes no block below a voxel", () => {
  const box = { startVox: [0, 0, 0], shapeVox: [1, 2, 2] };
  const fits = (blockVox: number) =>
    accepts(opened("cutBlur"), {
      shapeVox: [1, 4, 4],
      parameters: { boxes: [{ ...box, blockVox }] },
    });
  assertEquals([fits(1), fits(0.9)].join(), "true,false");
});
