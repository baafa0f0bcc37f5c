import type { Zyx } from "@/core/mod.ts";

/**
 * The cleft probability of one tile of grey values, both `[D, H, W]`. The image
 * is borrowed and left as it was; the result is the caller's.
 */
export type Forward = (
  image: Float32Array,
  shapeVox: Zyx,
) => Promise<Float32Array>;
