import type { Yx } from "./shifts.ts";

/** Reads a `[H, W]` plane between its voxels, linearly; beyond its border, the border. */
export function linearReader(
  plane: Float32Array,
  [height, width]: Yx,
): (y: number, x: number) => number {
  const lastY = height - 1, lastX = width - 1;
  return (y, x) => {
    const cy = y < 0 ? 0 : y > lastY ? lastY : y;
    const cx = x < 0 ? 0 : x > lastX ? lastX : x;
    const y0 = cy | 0, x0 = cx | 0;
    const ty = cy - y0, tx = cx - x0;
    const at = y0 * width + x0;
    const right = x0 < lastX ? 1 : 0, below = y0 < lastY ? width : 0;
    const top = plane[at]! + tx * (plane[at + right]! - plane[at]!);
    const bottom = plane[at + below]! +
      tx * (plane[at + below + right]! - plane[at + below]!);
    return top + ty * (bottom - top);
  };
}

/** A plane of half the extent, each voxel the mean of four; an odd last row falls away. */
export function halved(
  plane: Float32Array,
  [height, width]: Yx,
): { readonly plane: Float32Array; readonly shapeVox: Yx } {
  const rows = height >> 1, columns = width >> 1;
  const half = new Float32Array(rows * columns); // [H/2, W/2]
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      const at = 2 * y * width + 2 * x;
      half[i] = (plane[at]! + plane[at + 1]! + plane[at + width]! +
        plane[at + width + 1]!) / 4;
    }
  }
  return { plane: half, shapeVox: [rows, columns] };
}
