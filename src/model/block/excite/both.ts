import * as tf from "@tensorflow/tfjs-core";
import { choice, count, flag } from "@/core/mod.ts";
import { compose } from "../../compose.ts";
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
    const parts = {
      channel: channel.create({ ratio, bias })(channels),
      spatial: spatial.create({ bias })(channels),
    };
    return compose(parts, (flow, x) => {
      const byChannel = flow.through("channel", x);
      const byVoxel = flow.through("spatial", x);
      const combined = combine === "sum" ? tf.add : tf.maximum;
      return flow.each(combined, byChannel, byVoxel);
    });
  },
});
