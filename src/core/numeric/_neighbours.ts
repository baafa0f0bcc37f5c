import type { Zyx } from "../volume.ts";

/** Which voxels touch: by faces (6), also by edges (18), also by corners (26). */
export type Connectivity = 6 | 18 | 26;

/** The neighbours that a raster scan visits before a voxel. */
export function neighboursBefore(connectivity: Connectivity): readonly Zyx[] {
  const farthest = { 6: 1, 18: 2, 26: 3 }[connectivity];
  const result: Zyx[] = [];
  for (let n = 0; n < 13; n++) { // of the 27 offsets, the 13 before the centre
    const [dz, dy, dx] = [
      Math.floor(n / 9) - 1,
      Math.floor(n / 3) % 3 - 1,
      n % 3 - 1,
    ] as const;
    if (Math.abs(dz) + Math.abs(dy) + Math.abs(dx) <= farthest) {
      result.push([dz, dy, dx]);
    }
  }
  return result;
}
