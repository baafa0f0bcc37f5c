import { defaultOptions, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { bump } from "./bump.ts";
import { gaussian } from "./gaussian.ts";
import { blends } from "./mod.ts";
import { ramp } from "./ramp.ts";

/** The weights along x at a section and row. */
function row(
  weights: Float32Array,
  [, height, width]: Zyx,
  z: number,
  y: number,
) {
  const from = (z * height + y) * width;
  return [...weights.subarray(from, from + width)];
}
function assertNear(values: readonly number[], wanted: readonly number[]) {
  wanted.forEach((value, i) =>
    assertAlmostEquals(values[i]!, value, 1e-6 * Math.max(1, Math.abs(value)))
  );
}

Deno.test("ramp() gives the report's weights of a tile of 4 voxels", () => {
  // intern's blend, option 0: border 0.02, inner 0.98
  const shape: Zyx = [4, 4, 4];
  const weights = ramp.create({ mode: "max" }).weights(shape);
  assertNear(row(weights, shape, 1, 2), [0.02, 0.98, 0.98, 0.02]);
  assertNear(row(weights, shape, 0, 2), [0.02, 0.02, 0.02, 0.02]);
});

Deno.test("ramp() falls evenly and takes the mean of the axes if asked", () => {
  const shape: Zyx = [1, 5, 5];
  const nearest = ramp.create({ mode: "max" }).weights(shape);
  // ramps .98 .5 .02 .5 .98 along y and x, .02 along the single section
  assertNear(row(nearest, shape, 0, 2), [0.02, 0.5, 0.98, 0.5, 0.02]);
  const mean = ramp.create({ mode: "mean" }).weights(shape);
  assertNear(row(mean, shape, 0, 2), [0.66, 0.82, 0.98, 0.82, 0.66]);
});

Deno.test("gaussian() is MONAI's importance map over its largest value", () => {
  // compute_importance_map((4, 8), "gaussian", 0.125), row 1, before its floor
  const monai = [0.00132678, 0.026649097, 0.196911675, 0.535261429];
  const shape: Zyx = [1, 4, 8];
  const weights = gaussian.create({ sigmaShare: 0.125, floor: 1e-9 })
    .weights(shape);
  assertNear(row(weights, shape, 0, 1), monai.map((w) => w / 0.535261429));
});

Deno.test("gaussian() gives PyTorch Connectomics' centre row", () => {
  // sigma 0.2 of the half extent (n - 1) / 2 is 0.4 voxels of 5
  const shape: Zyx = [3, 5, 5];
  const weights = gaussian.create({ sigmaShare: 0.08, floor: 1e-4 })
    .weights(shape);
  assertNear(row(weights, shape, 1, 2), [0.000103727, 0.044036934, 1.0001]);
});

Deno.test("bump() gives PyTorch Connectomics' centre row", () => {
  const shape: Zyx = [3, 5, 5];
  const weights = bump.create({ exponent: 1.5, floor: 1e-4 }).weights(shape);
  assertNear(row(weights, shape, 1, 2), [0.000112132, 0.213211123, 1.0001]);
});

for (const component of blends.components) {
  const blend = component.create(defaultOptions(component));

  Deno.test(`${component.name}() weighs every voxel and is symmetric`, () => {
    for (const shape of [[24, 64, 64], [1, 7, 5], [2, 3, 1]] as Zyx[]) {
      const weights = blend.weights(shape);
      assertEquals(weights.length, shape[0] * shape[1] * shape[2]);
      weights.forEach((weight, i) => {
        if (!(weight > 0 && weight < 2)) throw new Error(`${i}: ${weight}`);
        // ramps of the float32 border and middle may differ in their last bit
        assertAlmostEquals(weight, weights.at(-1 - i)!, 1e-7);
      });
    }
  });
}
