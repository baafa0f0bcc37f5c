import type { Box } from "@/core/mod.ts";

/** About this many voxels are read at a time. */
export const slabVox = 1 << 22;

/** More are not read at a time, even if that takes longer. */
const mostVox = 1 << 26;

/** A part of a box, and the number of voxels before it. */
export interface Slab {
  /** The part, in voxels of what the box lies in. */
  readonly box: Box;
  /** Voxels of the box before it. */
  readonly at: number;
}

/** A box a slab at a time: some sections, or some rows of one where they are large. */
export function* slabsOf(
  { startVox: [z0, y0, x0], shapeVox: [depth, height, width] }: Box,
): Generator<Slab> {
  const sectionVox = height * width, fitting = Math.floor(slabVox / sectionVox);
  // Multiples of 4 sections, the depth of our chunks: none is decompressed twice.
  const sections = 4 * sectionVox <= mostVox
    ? Math.max(4, fitting - fitting % 4)
    : 1;
  const rows = sectionVox <= mostVox
    ? height
    : Math.max(1, Math.floor(slabVox / width));
  for (let z = 0; z < depth; z += sections) {
    for (let y = 0; y < height; y += rows) {
      const shapeVox = [
        Math.min(sections, depth - z),
        Math.min(rows, height - y),
        width,
      ] as const;
      yield {
        box: { startVox: [z0 + z, y0 + y, x0], shapeVox },
        at: (z * height + y) * width,
      };
    }
  }
}
