import { assertAlmostEquals } from "@test/helpers.ts";
import { assertNear, blendOf, rowOf } from "./_testing.ts";

Deno.test("gaussian() is MONAI's importance map over its largest value", () => {
  // compute_importance_map((4, 8), "gaussian", 0.125), row 1, before its floor
  const monai = [.00132678, .026649097, .196911675, .535261429];
  const blend = blendOf("gaussian", { sigmaShare: .125, floor: 1e-9 });
  const row = rowOf(blend, { shapeVox: [1, 4, 8], z: 0, y: 1 });
  assertNear(row, monai.map((w) => w / .535261429));
});

Deno.test("gaussian() gives PyTorch Connectomics' centre row", () => {
  // sigma 0.2 of the half extent (n - 1) / 2 is 0.4 voxels of 5
  const blend = blendOf("gaussian", { sigmaShare: .08, floor: 1e-4 });
  const row = rowOf(blend, { shapeVox: [3, 5, 5], z: 1, y: 2 });
  assertNear(row, [.000103727, .044036934, 1.0001]);
});

Deno.test("gaussian() falls with the square of the distance, by each axis's own extent", () => {
  const shapeVox = [5, 9, 17] as const, floor = 1e-3;
  const weights = blendOf("gaussian", { floor }).weights(shapeVox);
  for (
    const [z, y, x] of [[2, 4, 8], [0, 4, 8], [2, 1, 8], [3, 2, 13]] as const
  ) {
    const square = [z - 2, y - 4, x - 8]
      .reduce((sum, d, axis) => sum + (d / (shapeVox[axis]! / 8)) ** 2, 0);
    const found = weights[(z * 9 + y) * 17 + x]!;
    assertAlmostEquals(found, Math.exp(-square / 2) + floor, 1e-6);
  }
});

Deno.test("gaussian() leaves its floor where it would vanish", () => {
  const blend = blendOf("gaussian", { sigmaShare: .01, floor: .25 });
  assertNear([...blend.weights([1, 1, 7])], [
    .25,
    .25,
    .25,
    1.25,
    .25,
    .25,
    .25,
  ]);
});
