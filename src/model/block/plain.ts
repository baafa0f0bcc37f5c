import { count } from "@/core/mod.ts";
import { sumReach } from "../_layer.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";

/** Convolutions one after another, as in the first U-Net (Ronneberger et al. 2015). */
export const plain = defineBlock({
  name: "plain",
  summary: "Convolutions one after another",
  options: { convolutions: count(2, "how many") },
  create: ({ convolutions }) => ({ norm, activate, ...shape }) => {
    const layers = Array.from({ length: convolutions }, (_, i) =>
      convNorm(
        i === 0 ? shape : { ...shape, inputs: shape.outputs },
        norm,
        activate,
      ));
    return {
      reachVox: sumReach(layers),
      declare: (weights) =>
        layers.forEach((layer, i) => layer.declare(weights.in(`conv${i}`))),
      apply: (weights, x) =>
        layers.reduce(
          (y, layer, i) => layer.apply(weights.in(`conv${i}`), y),
          x,
        ),
    };
  },
});
