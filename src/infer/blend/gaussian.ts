import { positive } from "@/core/mod.ts";
import { defineBlend, fromProfiles, relativeToMax } from "./_blend.ts";

/**
 * A Gaussian around the middle of the tile, largest weight 1, plus a floor. The
 * share of 1/8 is the one of nnU-Net and MONAI.
 */
export const gaussian = defineBlend({
  name: "gaussian",
  summary: "A Gaussian around the middle of the tile",
  options: {
    sigmaShare: positive(0.125, "standard deviation as a share of the extent"),
    floor: positive(1e-3, "weight added everywhere"),
  },
  create: ({ sigmaShare, floor }) => ({
    weights: (patchVox) =>
      fromProfiles(patchVox, {
        profile: (extentVox) =>
          relativeToMax(Float64Array.from({ length: extentVox }, (_, i) => {
            const offset = i - (extentVox - 1) / 2;
            return Math.exp(-((offset / (sigmaShare * extentVox)) ** 2) / 2);
          })),
        combine: (z, y, x) => z * y * x + floor,
      }),
  }),
});
