import type { Zyx } from "@/core/mod.ts";

/**
 * What a network says of one tile of grey values `[D, H, W]`: cleft probability,
 * as long, or of vectors one component after the other, `[3, D, H, W]`. The image
 * is borrowed and left as it was; the result is the caller's.
 */
export type Forward = (
  image: Float32Array,
  shapeVox: Zyx,
) => Promise<Float32Array>;
