import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("lowResolution");

Deno.test("lowResolution() draws its scale evenly from 0.5 to 1", () =>
  assertEven(drawnChanges("lowResolution").map((one) => one.scale!), [0.5, 1]));

function coarse(scale: number, grey = speckle): Float32Array {
  return applied(opened("lowResolution"), {
    shapeVox: [1, 7, 8],
    grey,
    parameters: { changes: [{ scale }] },
  }).image;
}

Deno.test("lowResolution() makes no grey that lies beyond those there were", () => {
  const shares = fc.double({ min: 0.01, max: 1, noNaN: true });
  const before = coarse(1);
  const [low, high] = [Math.min(...before), Math.max(...before)];
  fc.assert(
    fc.property(shares, (scale) => {
      for (const grey of coarse(scale)) {
        assertEquals(grey >= low - 1e-6 && grey <= high + 1e-6, true);
      }
      for (const grey of coarse(scale, () => 0.3)) {
        assertAlmostEquals(grey, 0.3, 1e-7);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("lowResolution() keeps half of a line, and draws straight lines between", () => {
  // Of 8 voxels 1, 3, 5 and 7 are kept, in the middles of pairs.
  const image = coarse(0.5, (_z, _y, x) => [0, 0.5, 0, 1, 0, 0.25, 0, 0][x]!);
  const row = [0.5, 0.625, 0.875, 0.8125, 0.4375, 0.1875, 0.0625, 0];
  row.forEach((grey, x) => assertAlmostEquals(image[x]!, grey, 1e-6));
});

Deno.test("lowResolution() keeps one voxel, the middle one, where no more is left", () => {
  for (const grey of coarse(0.001)) assertEquals(grey, speckle(0, 3, 4));
});

Deno.test("lowResolution() takes a share above 0, up to 1", () => {
  const fits = (scale: number) =>
    accepts(opened("lowResolution"), {
      shapeVox: [1, 7, 8],
      parameters: { changes: [{ scale }] },
    });
  assertEquals(
    [fits(1), fits(0.01), fits(0), fits(1.1)].join(),
    "true,true,false,false",
  );
});
