import * as tf from "@tensorflow/tfjs-core";
import { few, flag } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { compose } from "../compose.ts";
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
    convolutions: few(2, "length of the chain that is added"),
    startsAtZero: flag(
      false,
      "the chain adds nothing at first: its last factors are 0 (Goyal et al. 2017)",
    ),
  },
  create: ({ convolutions, startsAtZero }) => (place) => {
    const { norm, activate, refine, ...shape } = place;
    const inner = { ...shape, inputs: shape.outputs };
    const chain: Record<string, Layer> = {};
    for (let i = 1; i <= convolutions; i++) {
      chain[`conv${i}`] = convNorm(
        inner,
        norm,
        i < convolutions ? { activate } : { startsAtZero },
      );
    }
    if (refine) chain["refine"] = refine;
    const parts = { conv0: convNorm(shape, norm, { activate }), ...chain };
    return compose(parts, (flow, x) => {
      const r = flow.through("conv0", x); // [N, D, H, W, C']
      const added = Object.keys(chain)
        .reduce((y, part) => flow.through(part, y), r);
      return flow.each((r, f) => activate(tf.add(r, f)), r, added);
    });
  },
});
