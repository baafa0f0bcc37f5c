import { type Sample, sumOfRows } from "@/core/mod.ts";

/**
 * The mean grey value of sections `from` to `from + sections - 1`, of voxels that
 * come from the volume only; 0 if there is none.
 */
export function meanInside(
  { image, shapeVox, inside }: Sample,
  { from, sections }: { readonly from: number; readonly sections: number },
): number {
  const [, height, width] = shapeVox;
  const [front, top, left] = inside.startVox;
  const [depth, rows, columns] = inside.shapeVox;
  const first = Math.max(from, front);
  const last = Math.min(from + sections, front + depth); // excluded
  let sum = 0;
  for (let z = first; z < last; z++) {
    sum += sumOfRows(image, {
      first: (z * height + top) * width + left,
      rows,
      columns,
      pitch: width,
    });
  }
  return sum === 0 ? 0 : sum / ((last - first) * rows * columns);
}
