import {
  type Box,
  mapZyx,
  mirrored,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";

/** The grey values of a volume, mirrored at its borders up to a least extent. */
export interface MirroredImage {
  /** Extent in voxels, the mirrored part included. */
  readonly shapeVox: Zyx;
  /** Where the volume starts within it. */
  readonly startVox: Zyx;
  /** Reads a box, `[D, H, W]`. */
  read(box: Box): Float32Array;
}

/**
 * Enlarges a volume on both sides of each axis that is shorter than `leastVox`.
 * The border itself is not repeated (numpy's `reflect`), but for an axis of one
 * voxel, which is all there is to repeat.
 */
export function mirroredImage(volume: Volume, leastVox: Zyx): MirroredImage {
  const extent = volume.shapeVox;
  const shapeVox = mapZyx((axis) => Math.max(extent[axis], leastVox[axis]));
  const startVox = mapZyx((axis) => (shapeVox[axis] - extent[axis]) >> 1);
  const from = shapeVox.map((length, axis) =>
    Int32Array.from(
      { length },
      (_, i) => mirrored(i - startVox[axis]!, extent[axis]!),
    )
  );
  const isWhole = shapeVox.every((length, axis) => length === extent[axis]);
  return {
    shapeVox,
    startVox,
    read(box) {
      if (isWhole) return volume.read(box).image;
      const wanted = from.map((places, axis) =>
        places.subarray(
          box.startVox[axis],
          box.startVox[axis]! + box.shapeVox[axis]!,
        )
      );
      const first = mapZyx((axis) => Math.min(...wanted[axis]!));
      const readVox = mapZyx((axis) =>
        Math.max(...wanted[axis]!) + 1 - first[axis]
      );
      const { image } = volume.read({ startVox: first, shapeVox: readVox });
      const result = new Float32Array(sizeOf(box.shapeVox));
      let to = 0;
      for (const z of wanted[0]!) {
        for (const y of wanted[1]!) {
          const row = ((z - first[0]) * readVox[1] + y - first[1]) * readVox[2];
          for (const x of wanted[2]!) result[to++] = image[row + x - first[2]]!;
        }
      }
      return result;
    },
  };
}
