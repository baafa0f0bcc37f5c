import { mapCoordinates } from "../numeric/mod.ts";
import { type Box, cropArray, wholeBox, type Zyx } from "../volume.ts";
import { openRng } from "../rng.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { throws } from "node:assert/strict";
import { bothWays, someBytes, someGreys } from "./_testing.ts";
import { linearAt, nearestVoxels, type PlaceArrays, taken } from "./sample.ts";

const shapeVox: Zyx = [4, 9, 17];
const values = someGreys(4 * 9 * 17);

/** Boxes of it, the last ones with one voxel along an axis. */
const boxes: Box[] = [
  wholeBox(shapeVox),
  { startVox: [1, 2, 3], shapeVox: [2, 5, 9] },
  { startVox: [2, 0, 4], shapeVox: [1, 9, 1] },
  { startVox: [0, 8, 0], shapeVox: [4, 1, 17] },
];

/** Places in and around the array; on voxels, between them, or in a section. */
function places(kind: "any" | "whole" | "flat", n = 403): PlaceArrays {
  const rng = openRng(4).at(kind);
  const along = (length: number) =>
    Float64Array.from({ length: n }, () => {
      const place = rng.uniform(-1.2 * length, 2.2 * length);
      return kind === "whole" ? Math.round(place) : place;
    });
  const [z, y, x] = [along(4), along(9), along(17)];
  if (kind === "flat") z.forEach((v, i) => z[i] = Math.round(v));
  // Some blocks that lie inside throughout, which go another way.
  for (let i = 40; i < 200; i++) {
    [z[i], y[i], x[i]] = [i % 3, 2 + y[i]! / 100, 5 + x[i]! / 100];
  }
  return { z, y, x };
}

/** Places as they are in a box cut out of the array. */
function inBox({ z, y, x }: PlaceArrays, { startVox }: Box): PlaceArrays {
  const moved = (along: Float64Array, axis: 0 | 1 | 2) =>
    along.map((v) => v - startVox[axis]);
  return { z: moved(z, 0), y: moved(y, 1), x: moved(x, 2) };
}

for (const kind of ["any", "whole", "flat"] as const) {
  Deno.test(`linearAt() reads ${kind} places as mapCoordinates() does`, () => {
    const at = places(kind);
    for (const inside of boxes) {
      const cut = cropArray(values, shapeVox, inside);
      for (const outside of [null, 0.625]) {
        const expected = mapCoordinates(
          cut,
          inside.shapeVox,
          inBox(at, inside),
          {
            order: 1,
            mode: outside === null ? "reflect" : "constant",
            outside: outside ?? 0,
          },
        );
        bothWays(() => linearAt(values, { shapeVox, inside }, at, { outside }))
          .forEach((v, i) => assertAlmostEquals(v, expected[i]!, 1e-6));
      }
    }
  });

  Deno.test(`nearestVoxels() finds ${kind} places as mapCoordinates() does`, () => {
    const at = places(kind);
    for (const inside of boxes) {
      const cut = cropArray(values, shapeVox, inside);
      for (const mirrors of [true, false]) {
        const index = bothWays(() =>
          nearestVoxels({ shapeVox, inside }, at, { mirrors })
        );
        const expected = mapCoordinates(
          cut,
          inside.shapeVox,
          inBox(at, inside),
          {
            order: 0,
            mode: mirrors ? "reflect" : "constant",
            outside: -1,
          },
        );
        assertSameNumbers(bothWays(() => taken(values, index, -1)), expected);
      }
    }
  });
}

Deno.test("taken() reads bytes as well, and has a value for what is outside", () => {
  const index = Int32Array.of(3, -1, 0, 2, -1);
  assertSameNumbers(bothWays(() => taken(someBytes(4), index, 7)), [
    someBytes(4)[3]!,
    7,
    someBytes(4)[0]!,
    someBytes(4)[2]!,
    7,
  ]);
  assertEquals(taken(someGreys(4), new Int32Array(0), 0).length, 0);
});

Deno.test("linearAt() and nearestVoxels() read somewhere even at NaN and infinity", () => {
  const bad = Float64Array.of(NaN, Infinity, -Infinity, 1e300, 1);
  const at = { z: bad, y: bad, x: bad };
  const inside = wholeBox(shapeVox);
  const read = linearAt(values, { shapeVox, inside }, at, { outside: 0.5 });
  assertSameNumbers(read.subarray(0, 4), [0.5, 0.5, 0.5, 0.5]);
  const index = nearestVoxels({ shapeVox, inside }, at, { mirrors: true });
  assertEquals(index.every((i) => i >= 0 && i < values.length), true);
});

Deno.test("linearAt() refuses places of different numbers", () => {
  const at = { ...places("any"), x: new Float64Array(3) };
  const inside = wholeBox(shapeVox);
  throws(
    () => linearAt(values, { shapeVox, inside }, at, { outside: 0 }),
    RangeError,
  );
});
