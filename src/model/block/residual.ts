import * as tf from "@tensorflow/tfjs-core";
import { count, flag } from "@/core/mod.ts";
import { type Layer, sequence, sumReach } from "../_layer.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";

/**
 * The report's block (N1): a convolution that changes the channels gives `r`;
 * then `activate(r + f(r))`, where `f` is a chain of convolutions with an
 * activation between two of them.
 */
export const residual = defineBlock({
  name: "residual",
  summary: "A convolution, then a chain of them added to its result",
  options: {
    convolutions: count(2, "length of the chain that is added"),
    startsAtZero: flag(
      false,
      "the chain adds nothing at first: its last factors are 0 (Goyal et al. 2017)",
    ),
  },
  create: ({ convolutions, startsAtZero }) => (place) => {
    const { norm, activate, refine, ...shape } = place;
    const inner = { ...shape, inputs: shape.outputs };
    const first = convNorm(shape, norm, { activate });
    const layers: Record<string, Layer> = {};
    for (let i = 1; i <= convolutions; i++) {
      layers[`conv${i}`] = convNorm(
        inner,
        norm,
        i < convolutions ? { activate } : { startsAtZero },
      );
    }
    const chain = sequence(refine ? { ...layers, refine } : layers);
    return {
      reachVox: sumReach([first, chain]),
      declare(weights) {
        first.declare(weights.in("conv0"));
        chain.declare(weights);
      },
      apply(weights, x) {
        const r = first.apply(weights.in("conv0"), x); // [N, D, H, W, C']
        return activate(tf.add<tf.Tensor5D>(r, chain.apply(weights, r)));
      },
    };
  },
});
