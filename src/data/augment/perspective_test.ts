import { defaultOptions, openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { perspective } from "./perspective.ts";

/** The insets of many draws, in one list. */
function insets(scale: [number, number]): number[] {
  const options = { ...defaultOptions(perspective), scale };
  const augmentation = perspective.create(options);
  return Array.from(
    { length: 2000 },
    (_, i) =>
      augmentation.draw([2, 40, 40], openRng(5).at("s", i)).changes[0]!.insets,
  ).flat(2);
}

Deno.test("perspective() moves corners in by the size of normal numbers", () => {
  const drawn = insets([0.08, 0.08]), n = drawn.length;
  assertEquals(n, 16000);
  assertEquals(drawn.every((share) => share >= 0 && share <= 0.3), true);
  const mean = drawn.reduce((a, b) => a + b) / n;
  const deviation = 0.08 * Math.sqrt(1 - 2 / Math.PI);
  assertAlmostEquals(
    mean,
    0.08 * Math.sqrt(2 / Math.PI),
    4 * deviation / Math.sqrt(n),
  );
});

Deno.test("perspective() draws the spread from its range", () => {
  const drawn = insets([0.05, 0.1]), n = drawn.length;
  const square = drawn.reduce((a, b) => a + b * b, 0) / n;
  // Mean of s^2 over the range; 8 numbers share a spread.
  assertAlmostEquals(square, (0.1 ** 3 - 0.05 ** 3) / 3 / 0.05, 4e-4);
});

Deno.test("perspective() moves no corner by more than 0.3", () => {
  const drawn = insets([2, 2]);
  assertEquals(Math.max(...drawn), 0.3);
  const capped = drawn.filter((share) => share === 0.3).length;
  const share = 0.8808; // of normal numbers that are 0.15 sigma from 0 or more
  assertAlmostEquals(
    capped / drawn.length,
    share,
    4 * Math.sqrt(share * (1 - share) / drawn.length),
  );
});
