import type { Box } from "@/core/mod.ts";

/** About this many bytes are read at a time. */
const pieceBytes = 1 << 26;

/**
 * A box in parts of whole sections, so that what is on its way takes little
 * memory; they end where chunks of `chunkSections` do.
 */
export function* piecesAlongZ(
  { startVox: [z0, y, x], shapeVox: [depth, height, width] }: Box,
  { bytes, chunkSections }: {
    readonly bytes: number;
    readonly chunkSections: number;
  },
): Generator<Box> {
  const fitting = Math.floor(pieceBytes / (bytes * height * width));
  const most = Math.max(1, Math.floor(fitting / chunkSections)) * chunkSections;
  for (let z = z0; z < z0 + depth;) {
    const end = Math.min(z0 + depth, z - z % chunkSections + most);
    yield { startVox: [z, y, x], shapeVox: [end - z, height, width] };
    z = end;
  }
}
