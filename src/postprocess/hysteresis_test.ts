import { deepStrictEqual } from "node:assert";
import { drawn, shown } from "./_testing.ts";
import { hysteresis } from "./hysteresis.ts";

const p = drawn(
  ["4.5...", "8....3"],
  ["......", "....3."],
  ["...7..", "......"],
);

function called(
  low: number | undefined,
  connectivity: 6 | 26,
  high: number,
): string[][] {
  const step = hysteresis.create({ high: undefined, low, connectivity });
  if (step.stage !== "call") throw new Error(step.stage);
  return shown(step.apply(p, high), p.shapeVox);
}

Deno.test("hysteresis() keeps what touches a high probability", () => {
  // The 3s touch the 7 by corners; the 5 touches nothing.
  deepStrictEqual(called(0.2, 26, 0.65), [
    ["x.....", "x....x"],
    ["......", "....x."],
    ["...x..", "......"],
  ]);
  deepStrictEqual(called(0.2, 6, 0.65), [
    ["x.....", "x....."],
    ["......", "......"],
    ["...x..", "......"],
  ]);
});

Deno.test("hysteresis() has a low probability of half the high one, never above it", () => {
  const half = called(undefined, 26, 0.65);
  deepStrictEqual(half, called(0.325, 26, 0.65));
  deepStrictEqual(half[0], ["x.....", "x....."]);
  deepStrictEqual(called(0.9, 26, 0.5), called(0.5, 26, 0.5));
});
