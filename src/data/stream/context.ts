import {
  type Box,
  inArena,
  mapZyx,
  pasted,
  type Sample,
  sizeOf,
  type Volume,
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
  const inside: Box = {
    startVox: mapZyx((axis) => from[axis] - box.startVox[axis]),
    shapeVox,
  };
  return inArena(() => {
    const patch = volume.read({ startVox: from, shapeVox });
    if (sizeOf(shapeVox) === sizeOf(box.shapeVox)) {
      return { ...patch, voxelNm, inside };
    }
    return {
      image: pasted(patch.image, inside, box.shapeVox),
      target: pasted(patch.target, inside, box.shapeVox),
      mask: pasted(patch.mask, inside, box.shapeVox),
      shapeVox: box.shapeVox,
      voxelNm,
      inside,
    };
  });
}
