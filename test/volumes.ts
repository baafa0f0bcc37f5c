import { sizeOf, type Zyx } from "@/core/mod.ts";
import type { SharedVolume } from "@/data/mod.ts";

/**
 * A labelled volume in shared memory: waves of grey, a cleft of 8 x 8 x 2 voxels
 * every 16 voxels, and a first column that nobody labelled.
 */
export function sharedBlobs(shapeVox: Zyx): SharedVolume {
  const [, height, width] = shapeVox;
  const raw = new Uint8Array(new SharedArrayBuffer(sizeOf(shapeVox)));
  const labels = new Uint8Array(new SharedArrayBuffer(sizeOf(shapeVox)));
  for (let i = 0; i < raw.length; i++) {
    const z = Math.floor(i / (height * width));
    const y = Math.floor(i / width) % height, x = i % width;
    raw[i] = 128 + 60 * Math.sin(y / 3 + z) + 60 * Math.cos(x / 4 - z);
    const isCleft = y % 16 < 8 && x % 16 > 3 && x % 16 < 12 && z % 4 < 2;
    labels[i] = x === 0 ? 2 : isCleft ? 1 : 0;
  }
  return {
    name: `blobs ${shapeVox}`,
    inputs: [],
    shapeVox,
    voxelNm: [40, 4, 4],
    offsetNm: [0, 0, 0],
    raw: raw.buffer,
    rawKind: "u8",
    labels: labels.buffer,
  };
}
