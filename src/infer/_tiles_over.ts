import type { Box, Zyx } from "@/core/mod.ts";
import type { MirroredImage } from "./_mirrored_image.ts";
import { tileStarts } from "./tiles.ts";

/** The tiles that a part of a volume is made of, in voxels of the mirrored image. */
export interface TilesOver {
  /** Where they start along each axis. */
  readonly starts: readonly [
    z: readonly number[],
    y: readonly number[],
    x: readonly number[],
  ];
  /** What they cover along y and x: the part and its halo. */
  readonly startYx: readonly [y: number, x: number];
  readonly shapeYx: readonly [height: number, width: number];
}

/**
 * The tiles that touch a box of a volume. They lie where those of the whole
 * volume do, so that a part is predicted as the whole is.
 */
export function tilesOver(
  { shapeVox, startVox }: Pick<MirroredImage, "shapeVox" | "startVox">,
  { patchVox, overlap, within }: {
    readonly patchVox: Zyx;
    readonly overlap: number;
    readonly within: Box;
  },
): TilesOver {
  const [zs, ys, xs] = shapeVox.map((extent, axis) => {
    const start = within.startVox[axis]! + startVox[axis]!;
    const end = start + within.shapeVox[axis]!, patch = patchVox[axis]!;
    return tileStarts(extent, patch, overlap)
      .filter((at) => at < end && at + patch > start);
  }) as unknown as TilesOver["starts"];
  const [, height, width] = patchVox;
  return {
    starts: [zs, ys, xs],
    startYx: [ys[0]!, xs[0]!],
    shapeYx: [
      ys.at(-1)! + height - ys[0]!,
      xs.at(-1)! + width - xs[0]!,
    ],
  };
}
