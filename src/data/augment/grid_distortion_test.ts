import { defaultOptions, openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals, makeSample } from "@test/helpers.ts";
import { gridDistortion } from "./grid_distortion.ts";

Deno.test("gridDistortion() changes each step by up to the limit", () => {
  const augmentation = gridDistortion.create({
    ...defaultOptions(gridDistortion),
    numSteps: 4,
    distortLimit: 0.2,
  });
  const ratios: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const { changes } = augmentation.draw([2, 40, 40], openRng(5).at("s", i));
    for (const shares of changes[0]!.shares) {
      assertEquals(shares.length, 4);
      assertAlmostEquals(shares.reduce((a, b) => a + b), 1, 1e-12);
      ratios.push(Math.log(shares[0]! / shares[1]!));
    }
  }
  const n = ratios.length, largest = Math.log(1.2 / 0.8);
  assertEquals(ratios.every((r) => Math.abs(r) <= largest), true, "range");
  const mean = ratios.reduce((a, b) => a + b) / n;
  const variance = ratios.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
  // Twice the variance of log(1 + u), u even between -0.2 and 0.2.
  const first = integral((u) => Math.log(1 + u));
  const expected = 2 * (integral((u) => Math.log(1 + u) ** 2) - first ** 2);
  assertAlmostEquals(mean, 0, 4 * Math.sqrt(expected / n));
  assertAlmostEquals(variance, expected, 0.05 * expected);
});

/** The mean of a function between -0.2 and 0.2. */
function integral(f: (u: number) => number): number {
  const parts = 1000;
  let sum = 0;
  for (let i = 0; i < parts; i++) sum += f(-0.2 + 0.4 * (i + 0.5) / parts);
  return sum / parts;
}

Deno.test("gridDistortion() keeps the corners of a section and asks for no context", () => {
  const augmentation = gridDistortion.create(defaultOptions(gridDistortion));
  const before = makeSample({
    shapeVox: [1, 20, 30],
    grey: (_z, y, x) => (y * 30 + x) / 600,
  });
  for (let i = 0; i < 50; i++) {
    const parameters = augmentation.draw(before.shapeVox, openRng(7).at(i));
    const marginVox = augmentation.marginVox!(before.shapeVox, parameters);
    assertEquals(marginVox.join(), "0,0,0");
    const { image } = augmentation.apply(before, parameters);
    for (const corner of [0, 29, 570, 599]) {
      assertAlmostEquals(image[corner]!, before.image[corner]!, 1e-6);
    }
  }
});
