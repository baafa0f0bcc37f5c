import { sizeOf } from "@/core/mod.ts";
import { defineBlend } from "./_blend.ts";

/** Every voxel of a tile counts the same. */
export const constant = defineBlend({
  name: "constant",
  summary: "Every voxel counts the same",
  options: {},
  create: () => ({
    weights: (patchVox) => new Float32Array(sizeOf(patchVox)).fill(1),
  }),
});
