import { positive } from "@/core/mod.ts";
import { defineBlend, fromProfiles } from "./_blend.ts";

/**
 * The bump function `exp(-Σ (p (1 - p))^-t)` over the axes, `p` the place in the
 * tile from 0 to 1, largest weight 1, plus a floor (Lee et al. 2017, PyTorch
 * Connectomics).
 */
export const bump = defineBlend({
  name: "bump",
  summary: "A bump that is flat in the middle and vanishes at the border",
  options: {
    exponent: positive(1.5, "larger ones are steeper"),
    floor: positive(1e-4, "weight added everywhere"),
  },
  create: ({ exponent, floor }) => ({
    weights: (patchVox) =>
      fromProfiles(patchVox, {
        profile: (extentVox) => {
          const place = (i: number) => (i + 1) / (extentVox + 1);
          const logs = Float64Array.from(
            { length: extentVox },
            (_, i) => -((place(i) * (1 - place(i))) ** -exponent),
          );
          // Large tiles underflow without the largest taken out first.
          const largest = logs.reduce((a, b) => Math.max(a, b));
          return logs.map((log) => Math.exp(log - largest));
        },
        combine: (z, y, x) => z * y * x + floor,
      }),
  }),
});
