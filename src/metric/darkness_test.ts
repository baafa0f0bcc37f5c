import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { darkness } from "./darkness.ts";

Deno.test("darkness() is 1 less the grey value where nothing varies", () => {
  const image = new Float32Array(3 * 9 * 9).fill(0.25);
  for (const value of darkness(image, [3, 9, 9])) {
    assertAlmostEquals(value, 0.75, 1e-6);
  }
  assertSameNumbers(image, new Float32Array(image.length).fill(0.25));
});

Deno.test("darkness() is largest at a dark spot and falls less along z", () => {
  const at = (z: number, y: number, x: number) => (z * 21 + y) * 21 + x;
  const image = new Float32Array(5 * 21 * 21).fill(1);
  image[at(2, 10, 10)] = 0;
  const dark = darkness(image, [5, 21, 21]);
  assertEquals(dark.indexOf(Math.max(...dark)), at(2, 10, 10));
  // The weights of sigma 0.5 at whole distances 0, 1, 2 are 1, e⁻², e⁻⁸, over
  // their sum; those of sigma 4 at distance 4 are e^(-1/2) of the middle.
  assertAlmostEquals(
    dark[at(1, 10, 10)]! / dark[at(2, 10, 10)]!,
    Math.exp(-2),
    1e-3,
  );
  assertAlmostEquals(
    dark[at(2, 10, 6)]! / dark[at(2, 10, 10)]!,
    Math.exp(-1 / 2),
    0.02, // the reflected far side adds a little
  );
});
