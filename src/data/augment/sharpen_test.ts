import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { applied, opened, speckle } from "./_testing.ts";

comparePeers("sharpen");

Deno.test("sharpen() draws its alpha and its lightness evenly", () => {
  const changes = drawnChanges("sharpen");
  assertEven(changes.map(({ alpha }) => alpha!), [0.2, 0.5]);
  assertEven(changes.map(({ lightness }) => lightness!), [0.5, 1]);
});

function sharpened(
  change: { readonly alpha: number; readonly lightness: number },
  grey: typeof speckle,
): Float32Array {
  return applied(opened("sharpen"), {
    shapeVox: [1, 4, 6],
    grey,
    parameters: { changes: [change] },
  }).image;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("sharpen() changes even greys by its lightness alone, slopes no more", () => {
  fc.assert(
    fc.property(share, share, (alpha, lightness) => {
      const slope = (_z: number, y: number, x: number) => 0.5 + (y - x) / 64;
      sharpened({ alpha, lightness }, slope).forEach((grey, i) => {
        const before = slope(0, Math.floor(i / 6), i % 6);
        assertAlmostEquals(
          grey,
          before * (1 - alpha + alpha * lightness),
          1e-6,
        );
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("sharpen() makes an edge steeper, and clips", () => {
  const edge = (_z: number, _y: number, x: number) => x < 3 ? 0.375 : 0.625;
  const row = sharpened({ alpha: 0.1, lightness: 1 }, edge).subarray(0, 6);
  // Three of eight neighbours are on the other side.
  [0.375, 0.375, 0.3, 0.7, 0.625, 0.625].forEach((grey, x) =>
    assertAlmostEquals(row[x]!, grey, 1e-6)
  );
  const strong = sharpened({ alpha: 1, lightness: 1 }, edge).subarray(0, 6);
  assertEquals([strong[2], strong[3]].join(), "0,1");
});
