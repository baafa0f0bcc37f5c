import {
  choice,
  fraction,
  type Rng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import { defineAugmentation } from "./_augmentation.ts";
import { boxFault, boxOptions, drawBoxes } from "./_boxes.ts";
import { meanInside } from "./_mean_inside.ts";
import {
  noiseOf,
  type NoisyBoxes,
  noisyBoxesIn,
  rowsOf,
} from "./_noisy_boxes.ts";

/**
 * Overwrites boxes by a fixed grey value, by the mean of the sample or by noise
 * (DeVries and Taylor 2017; nnU-Net's BlankRectangleTransform). Labels stay, so
 * that the network learns from what is around, or count as unknown in the boxes.
 */
export const cutout = defineAugmentation({
  name: "cutout",
  summary: "Overwrites boxes by a grey value, the mean or noise",
  options: {
    ...boxOptions,
    fill: choice(
      ["value", "mean", "noise"],
      "mean",
      "grey values in a box: a fixed one, the mean, or any at random",
    ),
    value: fraction(0, "the fixed one"),
    labels: choice(
      ["keep", "unlabelled"],
      "keep",
      "whether what is labelled in a box stays so",
    ),
  },
  create: (options) => ({
    check: () => boxFault(options),
    draw: (shapeVox: Zyx, rng: Rng): NoisyBoxes => ({
      boxes: drawBoxes(shapeVox, options, rng),
      field: options.fill === "noise" ? rng.at("field").address : [],
    }),
    schema: noisyBoxesIn,
    apply(sample, parameters: NoisyBoxes): Sample {
      const { shapeVox } = sample;
      const image = sample.image.slice(), mask = sample.mask.slice();
      const rows = rowsOf(parameters.boxes, shapeVox);
      const noise = options.fill === "noise" ? noiseOf(parameters) : null;
      const grey = options.fill === "mean"
        ? meanInside(sample, { from: 0, sections: shapeVox[0] })
        : options.value;
      let at = 0;
      for (const { first, end } of rows) {
        for (let i = first; i < end; i++) {
          image[i] = noise ? (noise[at++]! + 1) / 2 : grey;
        }
        if (options.labels === "unlabelled") mask.fill(0, first, end);
      }
      return { ...sample, image, mask };
    },
  }),
});
