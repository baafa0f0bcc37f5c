import type { Box } from "@/core/mod.ts";
import type { PlaceRow } from "./_field.ts";

/**
 * Mirrors places that lie beyond a box into it: at its border (`reflect`,
 * dcba|abcd) or at its outermost voxels (`mirror`, dcb|abcd; OpenCV's
 * reflect-101). Writes to arrays as long.
 */
export function mirrorPlaces(
  row: PlaceRow,
  { startVox, shapeVox }: Box,
  mode: "reflect" | "mirror",
  to: PlaceRow,
): void {
  for (const [axis, name] of (["z", "y", "x"] as const).entries()) {
    const first = startVox[axis]!, length = shapeVox[axis]!;
    const last = first + length - 1;
    const edge = mode === "reflect" ? 0.5 : 0; // from the last voxel on
    const period = 2 * (length - 1 + 2 * edge);
    const from = row[name], mirrored = to[name];
    for (let i = 0; i < from.length; i++) {
      const place = from[i]!;
      if (place >= first && place <= last) {
        mirrored[i] = place;
      } else if (period === 0) { // a single voxel
        mirrored[i] = first;
      } else {
        const shifted = place - first + edge;
        const within = shifted - period * Math.floor(shifted / period);
        const back = first - edge + Math.min(within, period - within);
        mirrored[i] = Math.min(Math.max(back, first), last);
      }
    }
  }
}
