import { count, ExperimentError, positive } from "@/core/mod.ts";
import { grouped } from "./_grouped.ts";
import { defineNorm } from "./_norm.ts";

/**
 * Group normalisation (Wu and He 2018, N5): statistics of each sample over
 * groups of channels, so that the batch size does not matter.
 */
export const group = defineNorm({
  name: "group",
  summary: "Statistics of each sample over groups of channels",
  options: {
    groups: count(8, "groups the channels are divided into"),
    epsilon: positive(1e-5, "added to the variance"),
  },
  create({ groups, epsilon }) {
    const norm = grouped(() => groups, epsilon);
    return {
      ...norm,
      declare(weights, channels, gamma) {
        if (channels % groups !== 0) {
          throw new ExperimentError(
            `Cannot divide ${channels} channels into ${groups} groups`,
            {
              where: "model.norm.groups",
              fix:
                `Use ${divisorsOf(channels).join(", ")}, or filters that are` +
                ` multiples of ${groups}`,
            },
          );
        }
        norm.declare(weights, channels, gamma);
      },
    };
  },
});

function divisorsOf(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
}
