import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { upsample3d } from "./upsample3d.ts";

testOpOnEngines("upsample3d() nearest repeats each voxel", () => {
  const x = tf.tensor5d([1, 2, 3, 4], [1, 2, 1, 2, 1]);
  assertTensor(
    upsample3d(x, [1, 1, 2], "nearest"),
    [1, 2, 1, 4, 1],
    [1, 1, 2, 2, 3, 3, 4, 4],
  );
  assertTensor(
    upsample3d(x, [2, 1, 1], "nearest"),
    [1, 4, 1, 2, 1],
    [1, 2, 1, 2, 3, 4, 3, 4],
  );
});

// Centres of the new voxels lie at -1/4, 1/4, 3/4 and 5/4 of the old ones, the
// outer two beyond the ends: torch.nn.functional.interpolate with
// align_corners=False gives 0, 1, 3, 4 for 0, 4.
const axes = [["z", [2, 1, 1]], ["y", [1, 2, 1]], ["x", [1, 1, 2]]] as const;
for (const [axis, factors] of axes) {
  testOpOnEngines(`upsample3d() trilinear blends along ${axis}`, () => {
    const shape = [1, ...factors, 1] as const;
    const x = tf.tensor5d([0, 4], [...shape]);
    const y = upsample3d(x, factors, "trilinear");
    const to = shape.map((extent) => extent === 2 ? 4 : 1);
    assertTensor(y, to, [0, 1, 3, 4]);
  });
}

for (const mode of ["nearest", "trilinear"] as const) {
  for (const factors of [[1, 2, 2], [2, 2, 2], [3, 1, 4]] as const) {
    testOpOnEngines(
      `upsample3d() ${mode} by ${factors} has the gradient of it`,
      () => {
        checkGradients(
          (x: tf.Tensor5D) => upsample3d(x, factors, mode),
          [normalTensor<tf.Rank.R5>([2, 3, 4, 5, 2])],
        );
      },
    );
  }
}
