import * as tf from "@tensorflow/tfjs-core";
import { count } from "@/core/mod.ts";
import { sumReach } from "../_layer.ts";
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
    convolutions: count(4, "how many, besides the one that mixes"),
    growth: count(16, "channels that each of them adds"),
  },
  create: ({ convolutions, growth }) => (place) => {
    const { norm, activate, refine, ...shape } = place;
    const channelsBefore = (i: number) => shape.inputs + i * growth;
    const layers = Array.from({ length: convolutions }, (_, i) =>
      convNorm(
        { ...shape, inputs: channelsBefore(i), outputs: growth },
        norm,
        { activate },
      ));
    const mix = convNorm(
      { ...shape, kernelVox: [1, 1, 1], inputs: channelsBefore(convolutions) },
      norm,
      { activate },
    );
    return {
      reachVox: sumReach(layers),
      declare(weights) {
        layers.forEach((layer, i) => layer.declare(weights.in(`conv${i}`)));
        mix.declare(weights.in("mix"));
        refine?.declare(weights.in("refine"));
      },
      apply(weights, x) {
        let all = x; // [N, D, H, W, inputs + i * growth]
        layers.forEach((layer, i) => {
          const added = layer.apply(weights.in(`conv${i}`), all);
          all = tf.concat([all, added], 4);
        });
        const y = mix.apply(weights.in("mix"), all);
        return refine ? refine.apply(weights.in("refine"), y) : y;
      },
    };
  },
});
