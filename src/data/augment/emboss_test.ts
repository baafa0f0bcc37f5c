import fc from "fast-check";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { applied, opened, speckle } from "./_testing.ts";

comparePeers("emboss");

Deno.test("emboss() draws its alpha and its strength evenly", () => {
  const changes = drawnChanges("emboss");
  assertEven(changes.map(({ alpha }) => alpha!), [0.2, 0.5]);
  assertEven(changes.map(({ strength }) => strength!), [0.2, 0.7]);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("emboss() leaves even greys and adds the slope to the lower right", () => {
  const emboss = opened("emboss");
  fc.assert(
    fc.property(share, share, share, (alpha, strength, part) => {
      const slope = (part - 0.5) / 100;
      const { image } = applied(emboss, {
        shapeVox: [1, 3, 3],
        grey: (_z, y, x) => 0.5 + slope * (y + x),
        parameters: { changes: [{ alpha, strength }] },
      });
      // Both diagonal neighbours are 2 slopes away, the four beside it 1.
      const added = slope * (4 * alpha * (1 + strength) + 4 * alpha * strength);
      image.forEach((grey, i) => {
        const plain = 0.5 + slope * (Math.floor(i / 3) + i % 3);
        assertAlmostEquals(grey, plain + added, 1e-6);
      });
    }),
    { numRuns: 50 },
  );
});

Deno.test("emboss() clips, and does nothing without alpha", () => {
  const step = (_z: number, y: number, x: number) => +(y + x > 3);
  const greys = (alpha: number, grey: typeof speckle) =>
    applied(opened("emboss"), {
      shapeVox: [1, 4, 4],
      grey,
      parameters: { changes: [{ alpha, strength: 1 }] },
    }).image;
  for (const grey of greys(1, step)) {
    if (grey < 0 || grey > 1) throw new Error(`${grey}`);
  }
  assertSameNumbers(
    greys(0, speckle),
    Array.from({ length: 16 }, (_, i) => speckle(0, Math.floor(i / 4), i % 4)),
  );
});
