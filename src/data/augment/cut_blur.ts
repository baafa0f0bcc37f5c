import {
  type Box,
  checkInside,
  cropArray,
  interval,
  type Rng,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { boxFault, boxIn, boxOptions, drawBoxes } from "./_boxes.ts";

/** What {@linkcode cutBlur} coarsens. */
export interface CutBlurParameters {
  /** The boxes with the side of their blocks; they may overlap. */
  readonly boxes: readonly (Box & { readonly blockVox: number })[];
}

/**
 * Coarsens boxes: in the plane each block of about `blockVox` voxels along y and x
 * becomes its mean (Yoo et al. 2020; PyTorch Connectomics' CutBlur, whose box is a
 * quarter of the patch along each axis and which interpolates with anti-aliasing
 * where means are taken here).
 */
export const cutBlur = defineAugmentation({
  name: "cutBlur",
  summary: "Coarsens boxes, as imaged at a lower resolution",
  options: {
    ...boxOptions,
    blockVox: interval([2, 8], "range of the side of a block in voxels")
      .refine(([low]) => low >= 1, "a block has at least one voxel"),
  },
  create: ({ blockVox, ...options }) => ({
    check: () => boxFault(options),
    draw: (shapeVox: Zyx, rng: Rng): CutBlurParameters => ({
      boxes: drawBoxes(shapeVox, options, rng.at("boxes")).map((box) => ({
        ...box,
        blockVox: rng.uniform(...blockVox),
      })),
    }),
    schema: (shapeVox) =>
      z.strictObject({
        boxes: z.array(
          boxIn(shapeVox, { blockVox: z.number().min(1) }),
        ).readonly(),
      }),
    apply(sample, { boxes }: CutBlurParameters) {
      const image = sample.image.slice(); // [D, H, W]
      for (const box of boxes) {
        checkInside(box, sample.shapeVox);
        averageBlocks(image, sample.shapeVox, box);
      }
      return { ...sample, image };
    },
  }),
});

/** Replaces the blocks of a box by their means, in place. */
function averageBlocks(
  image: Float32Array,
  shapeVox: Zyx,
  box: CutBlurParameters["boxes"][number],
): void {
  const [depth, rows, columns] = box.shapeVox;
  const [front, top, left] = box.startVox;
  const values = cropArray(image, shapeVox, box);
  const ys = blockEnds(rows, box.blockVox);
  const xs = blockEnds(columns, box.blockVox);
  for (let z = 0; z < depth; z++) {
    ys.forEach((bottom, j) => {
      const y0 = ys[j - 1] ?? 0;
      xs.forEach((right, k) => {
        const x0 = xs[k - 1] ?? 0;
        let sum = 0;
        for (let y = y0; y < bottom; y++) {
          const row = (z * rows + y) * columns;
          for (let x = x0; x < right; x++) sum += values[row + x]!;
        }
        const mean = sum / (bottom - y0) / (right - x0);
        for (let y = y0; y < bottom; y++) {
          const row = ((front + z) * shapeVox[1] + top + y) * shapeVox[2] +
            left;
          image.fill(mean, row + x0, row + right);
        }
      });
    });
  }
}

/** Where the blocks of a line end: as many as fit, all of about the same length. */
function blockEnds(length: number, blockVox: number): number[] {
  const blocks = Math.max(1, Math.floor(length / blockVox));
  return Array.from(
    { length: blocks },
    (_, k) => Math.floor((k + 1) * length / blocks),
  );
}
