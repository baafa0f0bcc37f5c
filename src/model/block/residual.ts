import * as tf from "@tensorflow/tfjs-core";
import { count } from "@/core/mod.ts";
import { sumReach } from "../_layer.ts";
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
  options: { convolutions: count(2, "length of the chain that is added") },
  create: ({ convolutions }) => ({ norm, activate, ...shape }) => {
    const inner = { ...shape, inputs: shape.outputs };
    const first = convNorm(shape, norm, activate);
    const chain = Array.from(
      { length: convolutions },
      (_, i) =>
        convNorm(inner, norm, i < convolutions - 1 ? activate : undefined),
    );
    return {
      reachVox: sumReach([first, ...chain]),
      declare(weights) {
        first.declare(weights.in("conv0"));
        chain.forEach((layer, i) => layer.declare(weights.in(`conv${i + 1}`)));
      },
      apply(weights, x) {
        const r = first.apply(weights.in("conv0"), x); // [N, D, H, W, C']
        const f = chain.reduce(
          (y, layer, i) => layer.apply(weights.in(`conv${i + 1}`), y),
          r,
        );
        return activate(tf.add<tf.Tensor5D>(r, f));
      },
    };
  },
});
