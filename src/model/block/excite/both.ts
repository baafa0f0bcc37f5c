import * as tf from "@tensorflow/tfjs-core";
import { choice, count, flag } from "@/core/mod.ts";
import { channel } from "./channel.ts";
import { defineExcitation } from "./_excitation.ts";
import { spatial } from "./spatial.ts";

/** Channels and voxels weighed side by side (`scSE` of Roy et al. 2018). */
export const both = defineExcitation({
  name: "both",
  summary: "Weighs channels and voxels side by side (scSE)",
  options: {
    ratio: count(8, "channels to one number between the layers of channel"),
    bias: flag(false, "whether layers have biases"),
    combine: choice(
      ["sum", "max"],
      "sum",
      "how the two results become one",
    ),
  },
  create: ({ ratio, bias, combine }) => (channels) => {
    const byChannel = channel.create({ ratio, bias })(channels);
    const byVoxel = spatial.create({ bias })(channels);
    return {
      reachVox: [0, 0, 0],
      declare(weights) {
        byChannel.declare(weights.in("channel"));
        byVoxel.declare(weights.in("spatial"));
      },
      apply(weights, x) {
        const a = byChannel.apply(weights.in("channel"), x);
        const b = byVoxel.apply(weights.in("spatial"), x);
        return combine === "sum" ? tf.add(a, b) : tf.maximum(a, b);
      },
    };
  },
});
