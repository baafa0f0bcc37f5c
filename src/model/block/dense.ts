import { count, few } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { compose } from "../compose.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";

/**
 * Densely connected convolutions (Huang et al. 2017): each reads what came in
 * and all that those before it gave; a kernel of one voxel mixes everything to
 * the level's channels.
 */
export const dense = defineBlock({
  name: "dense",
  summary: "Convolutions that each read the results of all before",
  options: {
    convolutions: few(4, "how many, besides the one that mixes"),
    growth: count(16, "channels that each of them adds"),
  },
  create: ({ convolutions, growth }) => (place) => {
    const { norm, activate, refine, ...shape } = place;
    const channelsBefore = (i: number) => shape.inputs + i * growth;
    const parts: Record<string, Layer> = {};
    for (let i = 0; i < convolutions; i++) {
      parts[`conv${i}`] = convNorm(
        { ...shape, inputs: channelsBefore(i), outputs: growth },
        norm,
        { activate },
      );
    }
    parts["mix"] = convNorm(
      { ...shape, kernelVox: [1, 1, 1], inputs: channelsBefore(convolutions) },
      norm,
      { activate },
    );
    if (refine) parts["refine"] = refine;
    return compose(parts, (flow, x) => {
      let all = x; // [N, D, H, W, inputs + i * growth]
      for (let i = 0; i < convolutions; i++) {
        all = flow.concat([all, flow.through(`conv${i}`, all)]);
      }
      const y = flow.through("mix", all);
      return refine ? flow.through("refine", y) : y;
    });
  },
});
