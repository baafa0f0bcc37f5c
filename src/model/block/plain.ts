import { few } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { sequence } from "../compose.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";

/** Convolutions one after another, as in the first U-Net (Ronneberger et al. 2015). */
export const plain = defineBlock({
  name: "plain",
  summary: "Convolutions one after another",
  options: { convolutions: few(2, "how many") },
  create: ({ convolutions }) => ({ norm, activate, refine, ...shape }) => {
    const layers: Record<string, Layer> = {};
    for (let i = 0; i < convolutions; i++) {
      const inputs = i === 0 ? shape.inputs : shape.outputs;
      layers[`conv${i}`] = convNorm({ ...shape, inputs }, norm, { activate });
    }
    return sequence(refine ? { ...layers, refine } : layers);
  },
});
