import {
  type Box,
  checkInside,
  fraction,
  type Rng,
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
import { fieldOf, type RandomField, uniformField } from "./_random_field.ts";

/** Where {@linkcode cutNoise} adds what. */
export interface CutNoiseParameters {
  /** The boxes, which may overlap. */
  readonly boxes: readonly Box[];
  /** Numbers from -1 to 1 for the voxels of the boxes, one box after another. */
  readonly field: RandomField;
}

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
    draw: (shapeVox: Zyx, rng: Rng): CutNoiseParameters => ({
      boxes: drawBoxes(shapeVox, options, rng),
      field: rng.at("field").address,
    }),
    schema: (shapeVox) =>
      z.strictObject({
        boxes: z.array(boxIn(shapeVox, {})).readonly(),
        field: fieldOf(),
      }),
    apply(sample, { boxes, field }: CutNoiseParameters) {
      const image = sample.image.slice(); // [D, H, W]
      for (const box of boxes) checkInside(box, sample.shapeVox);
      const voxels = boxes.reduce((sum, box) => sum + sizeOf(box.shapeVox), 0);
      const noise = uniformField(field, voxels);
      let at = 0;
      for (const box of boxes) {
        forEachRow(box, sample.shapeVox, (first, length) => {
          for (let i = first; i < first + length; i++) {
            const value = image[i]! + scale * noise[at++]!;
            image[i] = value < 0 ? 0 : value > 1 ? 1 : value;
          }
        });
      }
      return { ...sample, image };
    },
  }),
});
