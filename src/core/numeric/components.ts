import type { Zyx } from "../volume.ts";
import { Forest } from "./_forest.ts";
import { type Connectivity, neighboursBefore } from "./_neighbours.ts";

export type { Connectivity };

/** The connected components of a mask. */
export interface Components {
  /** 0 in the background, else the component's number from 1, `[D, H, W]`. */
  readonly labels: Int32Array;
  /** How many there are. */
  readonly count: number;
}

/**
 * Numbers the connected components of the non-zero voxels from 1, in the order
 * of their first voxels (as `scipy.ndimage.label` does). One raster scan with
 * union-find and one to number.
 */
export function labelComponents(
  mask: Uint8Array,
  shapeVox: Zyx,
  connectivity: Connectivity,
): Components {
  const [depth, height, width] = shapeVox;
  const labels = new Int32Array(depth * height * width);
  const before = neighboursBefore(connectivity);
  const forest = new Forest();
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (mask[i] === 0) continue;
        let label = 0;
        for (const [dz, dy, dx] of before) {
          const ny = y + dy, nx = x + dx;
          if (z + dz < 0 || ny < 0 || ny >= height || nx < 0 || nx >= width) {
            continue;
          }
          const other = labels[i + (dz * height + dy) * width + dx]!;
          if (other === 0 || other === label) continue;
          label = label === 0 ? other : forest.join(label, other);
        }
        labels[i] = label === 0 ? forest.plant() : label;
      }
    }
  }
  const { numbers, count } = forest.number();
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]!]!;
  return { labels, count };
}
