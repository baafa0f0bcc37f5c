import { defaultOptions, openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { piecewiseAffine } from "./piecewise_affine.ts";

/** Many draws for sections of 60 x 100 voxels. */
function draws(given: Record<string, unknown>) {
  const augmentation = piecewiseAffine.create(
    { ...defaultOptions(piecewiseAffine), ...given },
  );
  return Array.from(
    { length: 1000 },
    (_, i) =>
      augmentation.draw([2, 60, 100], openRng(5).at("s", i)).changes[0]!,
  );
}

function meanSquare(values: readonly number[]): number {
  return values.reduce((a, b) => a + b * b, 0) / values.length;
}

Deno.test("piecewiseAffine() moves 4 x 4 points by shares of height and width", () => {
  const drawn = draws({ scale: [0.04, 0.04] });
  for (const { points, offsetsVox } of drawn) {
    assertEquals(points.join(), "4,4");
    assertEquals(offsetsVox.map((along) => along.length).join(), "16,16");
  }
  for (const [axis, extent] of [[0, 60], [1, 100]] as const) {
    const offsets = drawn.flatMap(({ offsetsVox }) => offsetsVox[axis]);
    const sigma = 0.04 * extent, n = offsets.length;
    const mean = offsets.reduce((a, b) => a + b) / n;
    assertAlmostEquals(mean, 0, 4 * sigma / Math.sqrt(n));
    assertAlmostEquals(
      meanSquare(offsets) / sigma ** 2,
      1,
      4 * Math.sqrt(2 / n),
    );
  }
});

Deno.test("piecewiseAffine() draws the spread of a patch from its range", () => {
  const spreads = draws({ scale: [0.03, 0.05], rows: 20, columns: 20 })
    .map(({ offsetsVox: [, x] }) => Math.sqrt(meanSquare(x)) / 100);
  // 400 normal numbers tell their spread up to 3.5 %.
  assertEquals(Math.min(...spreads) > 0.03 * 0.85, true);
  assertEquals(Math.max(...spreads) < 0.05 * 1.15, true);
  const mean = spreads.reduce((a, b) => a + b) / spreads.length;
  assertAlmostEquals(mean, 0.04, 4 * 0.006 / Math.sqrt(spreads.length));
});
