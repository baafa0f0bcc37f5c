import type { Sample } from "@/core/mod.ts";

/**
 * The mean grey value of sections `from` to `from + sections - 1`, of voxels that
 * come from the volume only; 0 if there is none.
 */
export function meanInside(
  { image, shapeVox, inside }: Sample,
  from: number,
  sections: number,
): number {
  const [, height, width] = shapeVox;
  const [z0, y0, x0] = inside.startVox;
  const [depth, rows, columns] = inside.shapeVox;
  let sum = 0, count = 0;
  for (
    let z = Math.max(from, z0);
    z < Math.min(from + sections, z0 + depth);
    z++
  ) {
    for (let y = y0; y < y0 + rows; y++) {
      const first = (z * height + y) * width + x0;
      for (let i = first; i < first + columns; i++) sum += image[i]!;
    }
    count += rows * columns;
  }
  return count === 0 ? 0 : sum / count;
}
