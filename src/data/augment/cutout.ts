import {
  type Box,
  checkInside,
  choice,
  fraction,
  type Rng,
  type Sample,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import {
  boxFault,
  boxIn,
  boxOptions,
  drawBoxes,
  forEachRow,
} from "./_boxes.ts";
import { meanInside } from "./_mean_inside.ts";
import { fieldOf, type RandomField, uniformField } from "./_random_field.ts";

/** What {@linkcode cutout} overwrites. */
export interface CutoutParameters {
  /** The boxes, which may overlap. */
  readonly boxes: readonly Box[];
  /** Numbers from -1 to 1 for the voxels of the boxes, one box after another. */
  readonly field: RandomField;
}

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
    draw: (shapeVox: Zyx, rng: Rng): CutoutParameters => ({
      boxes: drawBoxes(shapeVox, options, rng),
      field: options.fill === "noise" ? rng.at("field").address : [],
    }),
    schema: (shapeVox) =>
      z.strictObject({
        boxes: z.array(boxIn(shapeVox, {})).readonly(),
        field: fieldOf(),
      }),
    apply(sample, { boxes, field }: CutoutParameters): Sample {
      const { shapeVox } = sample;
      const image = sample.image.slice(), mask = sample.mask.slice();
      for (const box of boxes) checkInside(box, shapeVox);
      const voxels = boxes.reduce((sum, box) => sum + sizeOf(box.shapeVox), 0);
      const noise = options.fill === "noise"
        ? uniformField(field, voxels)
        : null;
      const grey = options.fill === "mean"
        ? meanInside(sample, 0, shapeVox[0])
        : options.value;
      let at = 0;
      for (const box of boxes) {
        forEachRow(box, shapeVox, (first, length) => {
          for (let i = first; i < first + length; i++) {
            image[i] = noise ? (noise[at++]! + 1) / 2 : grey;
          }
          if (options.labels === "unlabelled") {
            mask.fill(0, first, first + length);
          }
        });
      }
      return { ...sample, image, mask };
    },
  }),
});
