import { fraction, type Rng, type Zyx } from "@/core/mod.ts";
import { defineAugmentation } from "./_augmentation.ts";
import { boxFault, boxOptions, drawBoxes } from "./_boxes.ts";
import {
  noiseOf,
  type NoisyBoxes,
  noisyBoxesIn,
  rowsOf,
} from "./_noisy_boxes.ts";

/**
 * Adds uniform noise of up to `scale` in boxes and clips to 0 and 1 (PyTorch
 * Connectomics' CutNoise, whose box is a quarter of the patch along each axis).
 */
export const cutNoise = defineAugmentation({
  name: "cutNoise",
  summary: "Adds noise in boxes",
  options: {
    ...boxOptions,
    scale: fraction(0.2, "largest change of a grey value"),
  },
  create: ({ scale, ...options }) => ({
    check: () => boxFault(options),
    draw: (shapeVox: Zyx, rng: Rng): NoisyBoxes => ({
      boxes: drawBoxes(shapeVox, options, rng),
      field: rng.at("field").address,
    }),
    schema: noisyBoxesIn,
    apply(sample, parameters: NoisyBoxes) {
      const image = sample.image.slice(); // [D, H, W]
      const rows = rowsOf(parameters.boxes, sample.shapeVox);
      const noise = noiseOf(parameters);
      let at = 0;
      for (const { first, end } of rows) {
        for (let i = first; i < end; i++) {
          const value = image[i]! + scale * noise[at++]!;
          image[i] = value < 0 ? 0 : value > 1 ? 1 : value;
        }
      }
      return { ...sample, image };
    },
  }),
});
