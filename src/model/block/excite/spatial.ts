import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { conv3d } from "@/engine/mod.ts";
import { defineExcitation } from "./_excitation.ts";

/** Spatial excitation (`sSE` of Roy et al. 2018): each voxel is weighed by what its channels say. */
export const spatial = defineExcitation({
  name: "spatial",
  summary: "Weighs voxels by what their channels say (sSE)",
  options: { bias: flag(false, "whether the kernel of one voxel has a bias") },
  create: ({ bias }) => (channels) => ({
    see: (x) => x,
    declare(weights) {
      weights.add("kernel", [1, 1, 1, channels, 1], "kaimingFanOut");
      if (bias) weights.add("bias", [1], "zeros");
    },
    apply(weights, x) {
      const y = conv3d(x, weights.get("kernel")); // [N, D, H, W, 1]
      const share = tf.sigmoid(
        bias ? tf.add<tf.Tensor5D>(y, weights.get("bias")) : y,
      );
      return tf.mul(x, share);
    },
  }),
});
