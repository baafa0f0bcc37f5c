import { defaultOptions, openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { barrel } from "./barrel.ts";

Deno.test("barrel() draws each distortion up to the limit alike", () => {
  const augmentation = barrel.create(defaultOptions(barrel));
  const n = 4000;
  const drawn = Array.from(
    { length: n },
    (_, i) =>
      augmentation.draw([2, 40, 40], openRng(5).at("s", i)).changes[0]!.k,
  );
  assertEquals(drawn.every((k) => Math.abs(k) <= 0.05), true, "range");
  const mean = drawn.reduce((a, b) => a + b) / n;
  const square = drawn.reduce((a, b) => a + b * b, 0) / n / 0.05 ** 2;
  assertAlmostEquals(mean, 0, 4 * 0.05 / Math.sqrt(3 * n));
  assertAlmostEquals(square, 1 / 3, 4 * Math.sqrt(4 / 45 / n));
});

Deno.test("barrel() asks for context where corners are read beyond them", () => {
  const augmentation = barrel.create(defaultOptions(barrel));
  const marginOf = (k: number) =>
    augmentation.marginVox!([1, 101, 101], {
      shapeVox: [1, 101, 101],
      changes: [{ k }],
    }).join();
  // At (50, 50) from the middle of 101: 50 * 0.05 * (0.49 + 0.49^2) = 1.83, plus
  // a voxel to interpolate with.
  assertEquals(marginOf(0.05), "0,3,3");
  assertEquals(marginOf(-0.05), "0,0,0");
});
