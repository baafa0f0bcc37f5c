import {
  fraction,
  mapZyx,
  type Rng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";

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
    apply: turnSample,
  }),
});

/** Does the flips and the transposition to image, target, mask and box. */
function turnSample(sample: Sample, turn: SimpleParameters): Sample {
  const [depth, height, width] = sample.shapeVox;
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
    image: turnArray(sample.image, [depth, height, width], turn),
    target: turnArray(sample.target, [depth, height, width], turn),
    mask: turnArray(sample.mask, [depth, height, width], turn),
    shapeVox: order(sample.shapeVox),
    voxelNm: order(sample.voxelNm),
    inside: { startVox: order(start), shapeVox: order(extent) },
  };
}

/** A flipped and transposed copy of a `[D, H, W]` array. */
function turnArray<T extends Float32Array | Uint8Array>(
  array: T,
  [depth, height, width]: Zyx,
  { flipZ, flipY, flipX, transpose }: SimpleParameters,
): T {
  const result = new (array.constructor as new (n: number) => T)(array.length);
  const alongX = flipX ? -1 : 1, alongY = flipY ? -width : width;
  const [rows, columns] = transpose ? [width, height] : [height, width];
  const [down, right] = transpose ? [alongX, alongY] : [alongY, alongX];
  const corner = (flipY ? (height - 1) * width : 0) + (flipX ? width - 1 : 0);
  for (let z = 0, to = 0; z < depth; z++) {
    const section = (flipZ ? depth - 1 - z : z) * height * width;
    for (let row = 0; row < rows; row++) {
      let from = section + corner + row * down;
      for (let i = 0; i < columns; i++, from += right) {
        result[to++] = array[from]!;
      }
    }
  }
  return result;
}
