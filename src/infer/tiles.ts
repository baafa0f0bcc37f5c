import type { Zyx } from "@/core/mod.ts";

/**
 * Where tiles start along an axis (SMP-2): each a stride of at most
 * `patch · (1 - overlap)` voxels after the one before, the last one moved back
 * so that it ends where the volume does. A volume shorter than the patch takes
 * one tile.
 */
export function tileStarts(
  extentVox: number,
  patchVox: number,
  overlap: number,
): number[] {
  const stride = Math.max(1, Math.floor(patchVox * (1 - overlap) + 1e-9));
  const last = Math.max(0, extentVox - patchVox);
  const starts: number[] = [];
  for (let start = 0; start < last; start += stride) starts.push(start);
  return [...starts, last];
}

/** How many tiles a volume takes; see {@linkcode tileStarts}. */
export function tileCount(
  shapeVox: Zyx,
  { patchVox, overlap }: { readonly patchVox: Zyx; readonly overlap: number },
): number {
  return shapeVox.reduce(
    (count, extent, axis) =>
      count * tileStarts(extent, patchVox[axis]!, overlap).length,
    1,
  );
}
