import type { Box, Patch, Volume } from "@/core/mod.ts";

/** What a made volume has besides its voxels; the rest is filled in. */
export interface MadeVolume extends Partial<Volume> {
  /** Its extent. */
  readonly shapeVox: Volume["shapeVox"];
  /** The voxels at a place, z y x; grey 0 and unlabelled background by default. */
  voxel(z: number, y: number, x: number): Partial<Record<keyof Patch, number>>;
}

/** A volume whose voxels follow from their places. */
export function makeVolume({ voxel, ...rest }: MadeVolume): Volume {
  return {
    name: "made",
    hasLabels: true,
    inputs: [],
    voxelNm: [40, 4, 4],
    offsetNm: [0, 0, 0],
    read: (box) => readVoxels(box, voxel),
    [Symbol.dispose]() {},
    ...rest,
  };
}

function readVoxels(
  { startVox: [z0, y0, x0], shapeVox }: Box,
  voxel: MadeVolume["voxel"],
): Patch {
  const [depth, height, width] = shapeVox, count = depth * height * width;
  const image = new Float32Array(count);
  const target = new Uint8Array(count), mask = new Uint8Array(count).fill(1);
  for (let i = 0; i < count; i++) {
    const z = Math.floor(i / (height * width));
    const found = voxel(
      z0 + z,
      y0 + Math.floor(i / width) % height,
      x0 + i % width,
    );
    image[i] = found.image ?? 0;
    target[i] = found.target ?? 0;
    mask[i] = found.mask ?? 1;
  }
  return { image, target, mask, shapeVox };
}
