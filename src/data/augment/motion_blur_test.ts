import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import {
  assertEven,
  assertRate,
  drawn,
  drawnChanges,
} from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("motionBlur");

Deno.test("motionBlur() draws its angle evenly from 0 to π", () =>
  assertEven(drawnChanges("motionBlur").map((one) => one.angle!), [
    0,
    Math.PI,
  ]));

Deno.test("motionBlur() smears one section in ten by itself", () => {
  const sections = drawn<{ changes: unknown[] }>("motionBlur")
    .flatMap(({ changes }) => changes);
  assertRate(sections.map((change) => change !== null), 0.1);
});

function smeared(
  change: { readonly lengthVox: number; readonly angle: number },
  grey: typeof speckle,
): Float32Array {
  return applied(opened("motionBlur"), {
    shapeVox: [1, 11, 11],
    grey,
    parameters: { changes: [change] },
  }).image;
}

const point = (_z: number, y: number, x: number) => +(y === 5 && x === 5);

Deno.test("motionBlur() makes a line of a point, as bright as it was", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: -7, max: 7, noNaN: true }),
      (lengthVox, angle) => {
        const image = smeared({ lengthVox, angle }, point);
        assertAlmostEquals(image.reduce((sum, grey) => sum + grey, 0), 1, 1e-5);
        image.forEach((grey, i) => {
          const [y, x] = [Math.floor(i / 11) - 5, i % 11 - 5];
          const across = Math.abs(y * Math.cos(angle) - x * Math.sin(angle));
          if (grey > 1e-7) {
            assertEquals(across < Math.SQRT2, true, "on the line");
          }
          assertAlmostEquals(grey, image.at(-1 - i)!, 1e-6); // both ways alike
        });
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("motionBlur() at 0 smears along x, at a right angle along y", () => {
  const along = smeared({ lengthVox: 3, angle: 0 }, speckle);
  const down = smeared({ lengthVox: 3, angle: Math.PI / 2 }, speckle);
  const mean = (...greys: number[]) =>
    greys.reduce((sum, grey) => sum + grey, 0) / greys.length;
  for (const [y, x] of [[0, 0], [4, 7], [10, 10]] as const) {
    const steps = [-1, 0, 1];
    assertAlmostEquals(
      along[11 * y + x]!,
      mean(...steps.map((d) => speckle(0, y, x + d))),
      1e-6,
    );
    assertAlmostEquals(
      down[11 * y + x]!,
      mean(...steps.map((d) => speckle(0, y + d, x))),
      1e-6,
    );
  }
});

Deno.test("motionBlur() asks for half its line of context, and takes whole lengths", () => {
  const { marginVox } = opened("motionBlur");
  const margin = (lengthVox: number) =>
    marginVox!([2, 9, 9], { changes: [null, { lengthVox, angle: 1 }] }).join();
  assertEquals(
    [margin(1), margin(4), margin(9)].join(" "),
    "0,0,0 0,2,2 0,4,4",
  );
  const fits = (lengthVox: number) =>
    accepts(opened("motionBlur"), {
      shapeVox: [1, 9, 9],
      parameters: { changes: [{ lengthVox, angle: 1 }] },
    });
  assertEquals([fits(1), fits(0), fits(2.5)].join(), "true,false,false");
});
