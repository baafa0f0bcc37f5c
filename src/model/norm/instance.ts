import { positive } from "@/core/mod.ts";
import { grouped } from "./_grouped.ts";
import { defineNorm } from "./_norm.ts";

/** Instance normalisation (Ulyanov et al. 2016): each sample and channel by itself. */
export const instance = defineNorm({
  name: "instance",
  summary: "Statistics of each sample and channel by itself",
  options: { epsilon: positive(1e-5, "added to the variance") },
  create: ({ epsilon }) => grouped((channels) => channels, epsilon),
});
