import { mapZyx, mirrored, sizeOf, type Volume, type Zyx } from "@/core/mod.ts";

/** The grey values of a volume, mirrored at its borders up to a least extent. */
export interface MirroredImage {
  /** Extent in voxels, the mirrored part included. */
  readonly shapeVox: Zyx;
  /** Where the volume starts within it. */
  readonly startVox: Zyx;
  /** Reads whole sections, `[sections, H, W]`. */
  read(startZ: number, sections: number): Float32Array;
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
    read(startZ, sections) {
      const [, height, width] = extent;
      const wanted = from[0]!.subarray(startZ, startZ + sections);
      const first = Math.min(...wanted);
      const { image } = volume.read({
        startVox: [first, 0, 0],
        shapeVox: [Math.max(...wanted) + 1 - first, height, width],
      });
      if (isWhole) return image;
      const result = new Float32Array(
        sizeOf([sections, shapeVox[1], shapeVox[2]]),
      );
      let to = 0;
      for (const z of wanted) {
        for (const y of from[1]!) {
          const row = ((z - first) * height + y) * width;
          for (const x of from[2]!) result[to++] = image[row + x]!;
        }
      }
      return result;
    },
  };
}
