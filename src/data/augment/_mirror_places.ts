import type { Box, PlaceArrays } from "@/core/mod.ts";

/**
 * Places with those that lie beyond a box mirrored into it, at its outermost
 * voxels: dcb|abcd, scipy's `mirror` and OpenCV's reflect-101. New arrays.
 */
export function mirrorPlaces(
  places: PlaceArrays,
  { startVox, shapeVox }: Box,
): PlaceArrays {
  const along = (name: "z" | "y" | "x", axis: 0 | 1 | 2) => {
    const first = startVox[axis], last = first + shapeVox[axis] - 1;
    const period = 2 * (last - first);
    return places[name].map((place) => {
      if (place >= first && place <= last) return place;
      if (period === 0) return first; // a single voxel
      const shifted = place - first;
      const within = shifted - period * Math.floor(shifted / period);
      return Math.min(first + Math.min(within, period - within), last);
    });
  };
  return { z: along("z", 0), y: along("y", 1), x: along("x", 2) };
}
