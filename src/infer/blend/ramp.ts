import { choice } from "@/core/mod.ts";
import { defineBlend, fromProfiles } from "./_blend.ts";

const edge = 0.98, centre = 0.02;

/**
 * The report's weight (A7): 1 less a ramp that falls from 0.98 at the border of
 * the tile to 0.02 in its middle, taken along the axis that is nearest to the
 * border, or as the mean of the three axes.
 */
export const ramp = defineBlend({
  name: "ramp",
  summary: "Falls evenly from the middle to the border, as in the report",
  options: {
    mode: choice(["max", "mean"], "max", "of the ramps along the three axes"),
  },
  create: ({ mode }) => ({
    weights: (patchVox) =>
      fromProfiles(patchVox, {
        profile: rampProfile,
        combine: mode === "max"
          ? (z, y, x) => 1 - Math.max(z, y, x)
          : (z, y, x) => 1 - (z + y + x) / 3,
      }),
  }),
});

/** The ramp along one axis; an axis of one or two voxels is all middle. */
function rampProfile(extentVox: number): Float64Array {
  const innermost = Math.ceil(extentVox / 2) - 1;
  return Float64Array.from({ length: extentVox }, (_, i) => {
    const depth = Math.min(i, extentVox - 1 - i);
    return innermost === 0
      ? centre
      : edge + (centre - edge) * depth / innermost;
  });
}
