import { throws } from "node:assert/strict";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { bothWays, someGreys } from "./_testing.ts";
import { mediansOf } from "./median.ts";

Deno.test("mediansOf() takes the middle of each square, at every width", () => {
  for (const sideVox of [1, 3, 5, 7]) {
    for (const width of [1, 4, 15, 16, 17, 40]) {
      const height = 3, pitch = width + sideVox + 4, first = pitch + 2;
      const values = someGreys(first + (height + sideVox) * pitch);
      const ours = bothWays(() =>
        mediansOf(values, { first, pitch, height, width, sideVox })
      );
      const middles = Array.from({ length: height * width }, (_, i) => {
        const corner = first + Math.floor(i / width) * pitch + i % width;
        const square = Array.from(
          { length: sideVox ** 2 },
          (_, k) =>
            values[corner + Math.floor(k / sideVox) * pitch + k % sideVox]!,
        );
        return square.sort((a, b) => a - b)[sideVox ** 2 >> 1]!;
      });
      assertSameNumbers(ours, middles, `${sideVox} in ${width}`);
    }
  }
});

Deno.test("mediansOf() goes to the last value and not beyond", () => {
  const values = Float32Array.of(5, 1, 4, 2, 9, 3, 8, 6, 7);
  const whole = { first: 0, pitch: 3, height: 1, width: 1, sideVox: 3 };
  assertEquals(mediansOf(values, whole)[0], 5);
  for (
    const wrong of [
      { first: 1 },
      { height: 2 },
      { width: 2 },
      { width: 0 },
      { sideVox: 2 },
      { sideVox: 9 },
    ]
  ) {
    throws(() => mediansOf(values, { ...whole, ...wrong }), RangeError);
  }
});

Deno.test("mediansOf() gives one of the values where some are not numbers", () => {
  const values = Float32Array.of(NaN, 1, NaN, 2, NaN, NaN, NaN, 6, 7);
  const [median] = mediansOf(values, {
    first: 0,
    pitch: 3,
    height: 1,
    width: 1,
    sideVox: 3,
  });
  assertEquals(values.includes(median!), true, `${median}`);
});
