import type { Box, Patch, Volume } from "@/core/mod.ts";

/** About this many voxels are read at a time. */
export const slabVox = 1 << 22;

/** A box of a volume some sections at a time, each slab with the voxels before it. */
export function* slabsOf(
  volume: Volume,
  { startVox: [z0, y0, x0], shapeVox: [depth, height, width] }: Box,
): Generator<{ readonly at: number; readonly patch: Patch }> {
  // Multiples of 4 sections, the depth of our chunks: none is decompressed twice.
  const sections = Math.max(4, Math.floor(slabVox / (height * width) / 4) * 4);
  for (let z = 0; z < depth; z += sections) {
    const patch = volume.read({
      startVox: [z0 + z, y0, x0],
      shapeVox: [Math.min(sections, depth - z), height, width],
    });
    yield { at: z * height * width, patch };
  }
}
