import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { applied, opened, speckle } from "./_testing.ts";

comparePeers("clahe");

Deno.test("clahe() draws its clipLimit evenly from 1 to 4", () =>
  assertEven(drawnChanges("clahe").map((one) => one.clipLimit!), [1, 4]));

/** One tile, and no histogram that reaches the limit. */
const wide = { changes: [{ clipLimit: 256 }] };

Deno.test("clahe() with one tile gives each grey value the share of those up to it", () => {
  const { image } = applied(opened("clahe", { tiles: 1 }), {
    shapeVox: [1, 16, 16],
    grey: (_z, _y, x) => [0.1, 0.2, 0.2, 0.7][x % 4]!,
    parameters: wide,
  });
  const shares = [1 / 4, 3 / 4, 3 / 4, 1];
  shares.forEach((share, x) =>
    assertAlmostEquals(image[x]!, Math.round(255 * share) / 255, 1e-6)
  );
});

Deno.test("clahe() with one tile keeps the order of grey values, in 256 levels", () => {
  const clahe = opened("clahe", { tiles: 1 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.double({ min: 0.5, max: 9, noNaN: true }),
      (shift, clipLimit) => {
        const grey = (z: number, y: number, x: number) =>
          speckle(z + shift, y, x);
        const { image } = applied(clahe, {
          shapeVox: [1, 12, 15],
          grey,
          parameters: { changes: [{ clipLimit }] },
        });
        const pairs = Array.from(
          image,
          (after, i) => [grey(0, Math.floor(i / 15), i % 15), after] as const,
        )
          .toSorted(([a], [b]) => a - b);
        for (const [i, [, after]] of pairs.entries()) {
          assertEquals(after >= (pairs[i - 1]?.[1] ?? 0), true, "order");
          assertAlmostEquals(after * 255, Math.round(after * 255), 1e-4);
        }
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("clahe() brings out in each tile what is faint there", () => {
  const spread = (greys: number[]) => Math.max(...greys) - Math.min(...greys);
  const { image } = applied(opened("clahe", { tiles: 4 }), {
    shapeVox: [1, 64, 64],
    grey: (z, y, x) => (x < 32 ? 0.15 : 0.75) + 0.1 * speckle(z, y, x),
    parameters: wide,
  });
  for (const columns of [[0, 16], [48, 64]] as const) {
    const side = [...image].filter((_, i) =>
      i % 64 >= columns[0] && i % 64 < columns[1]
    );
    assertEquals(spread(side) > 0.9, true, `${spread(side)} of 0.1`);
  }
});
