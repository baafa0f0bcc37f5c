import fc from "fast-check";
import { meanOf } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { assertEven, assertRate, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("gamma");

Deno.test("gamma() draws its power evenly, and the end it counts from at its chance", () => {
  const changes = drawnChanges("gamma");
  assertEven(changes.map(({ power }) => power!), [0.7, 1.5]);
  assertRate(changes.map(({ inverted }) => Boolean(inverted)), 0.25);
});

/** Greys of 0.25 to 0.5 after a bend. */
function bent(
  change: { readonly power: number; readonly inverted: boolean },
  retainStats: boolean,
): Float32Array {
  return applied(opened("gamma", { retainStats }), {
    shapeVox: [2, 5, 6],
    grey: (z, y, x) => 0.25 + speckle(z, y, x) / 4,
    parameters: { changes: [change] },
  }).image;
}

const power = fc.double({ min: 0.2, max: 4, noNaN: true });

Deno.test("gamma() keeps the darkest and the brightest grey, and the order between", () => {
  const plain = bent({ power: 1, inverted: false }, false);
  const order = (greys: Float32Array) =>
    [...greys.keys()].toSorted((a, b) => plain[a]! - plain[b]!)
      .map((i) => greys[i]!);
  fc.assert(
    fc.property(power, fc.boolean(), (power, inverted) => {
      const greys = order(bent({ power, inverted }, false));
      assertAlmostEquals(greys[0]!, Math.min(...plain), 1e-6);
      assertAlmostEquals(greys.at(-1)!, Math.max(...plain), 1e-6);
      greys.forEach((grey, i) =>
        assertEquals(grey >= (greys[i - 1] ?? 0) - 1e-6, true, "order")
      );
    }),
    { numRuns: 50 },
  );
});

Deno.test("gamma() counted from the bright end is the mirror of counted from the dark one", () => {
  fc.assert(
    fc.property(power, (power) => {
      const mirrored = applied(opened("gamma", { retainStats: false }), {
        shapeVox: [2, 5, 6],
        grey: (z, y, x) => 0.75 - speckle(z, y, x) / 4,
        parameters: { changes: [{ power, inverted: false }] },
      }).image;
      bent({ power, inverted: true }, false).forEach((grey, i) =>
        assertAlmostEquals(grey, 1 - mirrored[i]!, 2e-6)
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("gamma() gives mean and deviation back, unless told not to", () => {
  const statsOf = (greys: Float32Array) => {
    const mean = meanOf(greys);
    return [mean, Math.sqrt(meanOf(greys.map((grey) => (grey - mean) ** 2)))];
  };
  const before = statsOf(bent({ power: 1, inverted: false }, false));
  fc.assert(
    fc.property(power, fc.boolean(), (power, inverted) => {
      statsOf(bent({ power, inverted }, true)).forEach((value, i) =>
        assertAlmostEquals(value, before[i]!, 1e-5)
      );
    }),
    { numRuns: 30 },
  );
  const [mean] = statsOf(bent({ power: 2, inverted: false }, false));
  assertEquals(mean! < before[0]! - 0.02, true, "darker");
});

Deno.test("gamma() leaves a section of one grey alone", () => {
  const { image } = applied(opened("gamma"), {
    shapeVox: [1, 3, 3],
    grey: () => 0.25,
    parameters: { changes: [{ power: 3, inverted: true }] },
  });
  assertSameNumbers(image, new Array(9).fill(0.25));
});

Deno.test("gamma() takes no power of 0", () => {
  const fits = (power: number) =>
    accepts(opened("gamma"), {
      shapeVox: [1, 3, 3],
      parameters: { changes: [{ power, inverted: false }] },
    });
  assertEquals([fits(0.1), fits(0)].join(), "true,false");
});
