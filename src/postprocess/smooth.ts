import {
  gaussianFilter,
  keepingLast,
  reflected,
  zyxNonNegative,
} from "@/core/mod.ts";
import { defineStep, type Sections } from "./_step.ts";

/**
 * Blurs the probabilities by a Gaussian, cut at 4 sigma, with reflected borders:
 * within sections, then across them. It keeps as many sections as that reaches.
 */
export const smooth = defineStep({
  name: "smooth",
  summary: "Blurs the probabilities by a Gaussian",
  options: {
    sigmaVox: zyxNonNegative(
      [0, 1, 1],
      "standard deviation in voxels, z y x; 0 leaves an axis as it is",
    ),
  },
  create: ({ sigmaVox: [acrossVox, ...withinVox] }) => ({
    stage: "probability",
    apply: (probability) => across(within(probability, withinVox), acrossVox),
  }),
});

function within(
  { shapeVox, section }: Sections,
  [sigmaY, sigmaX]: readonly [number, number],
): Sections {
  if (sigmaY === 0 && sigmaX === 0) return { shapeVox, section };
  const extent = [1, shapeVox[1], shapeVox[2]] as const;
  return {
    shapeVox,
    section: (z) => gaussianFilter(section(z), extent, [0, sigmaY, sigmaX]),
  };
}

function across({ shapeVox, section }: Sections, sigma: number): Sections {
  if (sigma === 0) return { shapeVox, section };
  const reach = Math.floor(4 * sigma + 0.5);
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach);
  const weights = offsets.map((k) => Math.exp(-0.5 * (k / sigma) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const recent = keepingLast((z) => section(z).slice(), offsets.length);
  return {
    shapeVox,
    section(z) {
      const result = new Float32Array(shapeVox[1] * shapeVox[2]);
      for (const [n, k] of offsets.entries()) {
        const other = recent(reflected(z + k, shapeVox[0]));
        const weight = weights[n]! / sum;
        for (let i = 0; i < result.length; i++) {
          result[i]! += weight * other[i]!;
        }
      }
      return result;
    },
  };
}
