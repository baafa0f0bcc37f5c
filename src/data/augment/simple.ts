import {
  fraction,
  inArena,
  mapZyx,
  type Rng,
  type Sample,
  turned,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { tracedBy } from "./_traced.ts";

/** What {@linkcode simple} does to one sample, in this order. */
export interface SimpleParameters {
  /** Whether the order of the sections turns round. */
  readonly flipZ: boolean;
  /** Whether left and right change places. */
  readonly flipX: boolean;
  /** Whether top and bottom change places. */
  readonly flipY: boolean;
  /** Whether y and x change places. */
  readonly transpose: boolean;
}

/** Mirrors and transposes: flips along z, x, y, then y for x (AUG-2). */
export const simple = defineAugmentation({
  name: "simple",
  summary: "Flips along z, x and y and exchanges y with x, each at random",
  options: {
    flipZ: fraction(0.5, "chance of a flip along z"),
    flipX: fraction(0.5, "chance of a flip along x"),
    flipY: fraction(0.5, "chance of a flip along y"),
    transpose: fraction(0.5, "chance of exchanging y with x"),
  },
  create: (chance) => ({
    check: ([, height, width]) =>
      chance.transpose > 0 && height !== width
        ? `a transposed patch of ${height} x ${width} voxels would have ` +
          "another shape, make it square or set transpose to 0"
        : undefined,
    draw: (_shapeVox: Zyx, rng: Rng): SimpleParameters => ({
      flipZ: rng.uniform(0, 1) < chance.flipZ,
      flipX: rng.uniform(0, 1) < chance.flipX,
      flipY: rng.uniform(0, 1) < chance.flipY,
      transpose: rng.uniform(0, 1) < chance.transpose,
    }),
    schema: ([, height, width]) =>
      z.strictObject({
        flipZ: z.boolean(),
        flipX: z.boolean(),
        flipY: z.boolean(),
        transpose: z.boolean().refine(
          (transpose) => !transpose || height === width,
          `it should be false, as ${height} x ${width} voxels are not square`,
        ),
      }),
    apply: (sample, turn: SimpleParameters) =>
      inArena(() => turnSample(sample, turn)),
  }),
});

/** Does the flips and the transposition to image, target, mask, box and partners. */
function turnSample(sample: Sample, turn: SimpleParameters): Sample {
  const { startVox, shapeVox: extent } = sample.inside;
  const flips = [turn.flipZ, turn.flipY, turn.flipX];
  const start = mapZyx((axis) =>
    flips[axis]
      ? sample.shapeVox[axis] - startVox[axis] - extent[axis]
      : startVox[axis]
  );
  const order = (zyx: Zyx): Zyx =>
    turn.transpose ? [zyx[0], zyx[2], zyx[1]] : zyx;
  return {
    ...sample,
    image: turned(sample.image, sample.shapeVox, turn),
    target: turned(sample.target, sample.shapeVox, turn),
    mask: turned(sample.mask, sample.shapeVox, turn),
    ...tracedBy(sample, (values) => turned(values, sample.shapeVox, turn)),
    shapeVox: order(sample.shapeVox),
    voxelNm: order(sample.voxelNm),
    inside: { startVox: order(start), shapeVox: order(extent) },
  };
}
