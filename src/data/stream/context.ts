import {
  type Box,
  checkInside,
  mapZyx,
  type Sample,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";

/**
 * Reads a box that may reach beyond the volume: what lies outside is grey 0,
 * unlabelled, and not in the `inside` box of the sample.
 *
 * @throws {RangeError} If no voxel of the box is inside the volume.
 */
export function readSample(volume: Volume, box: Box): Sample {
  const { voxelNm } = volume;
  const from = mapZyx((axis) => Math.max(0, box.startVox[axis]));
  const shapeVox = mapZyx((axis) =>
    Math.min(
      volume.shapeVox[axis],
      box.startVox[axis] + box.shapeVox[axis],
    ) - from[axis]
  );
  const patch = volume.read({ startVox: from, shapeVox });
  const inside: Box = {
    startVox: mapZyx((axis) => from[axis] - box.startVox[axis]),
    shapeVox,
  };
  if (sizeOf(shapeVox) === sizeOf(box.shapeVox)) {
    return { ...patch, voxelNm, inside };
  }
  return {
    image: placeArray(patch.image, inside, box.shapeVox),
    target: placeArray(patch.target, inside, box.shapeVox),
    mask: placeArray(patch.mask, inside, box.shapeVox),
    shapeVox: box.shapeVox,
    voxelNm,
    inside,
  };
}

/** A `shapeVox` array of zeros with a smaller one copied into `box`. */
function placeArray<T extends Float32Array | Uint8Array>(
  array: T,
  box: Box,
  shapeVox: Zyx,
): T {
  checkInside(box, shapeVox);
  const result = new (array.constructor as new (n: number) => T)(
    sizeOf(shapeVox),
  );
  const [depth, rows, columns] = box.shapeVox;
  for (let z = 0, from = 0; z < depth; z++) {
    for (let y = 0; y < rows; y++, from += columns) {
      const row = (z + box.startVox[0]) * shapeVox[1] + y + box.startVox[1];
      result.set(
        array.subarray(from, from + columns) as never,
        row * shapeVox[2] + box.startVox[2],
      );
    }
  }
  return result;
}
