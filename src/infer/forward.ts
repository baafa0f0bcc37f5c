import type { Zyx } from "@/core/mod.ts";

/**
 * What a network says of a tile of grey values `[D, H, W]`: cleft probability, as
 * long, or of vectors one component after the other, `[3, D, H, W]`. Several tiles
 * may come one after the other, and so does what is said of them. The image is
 * borrowed and left as it was; the result is the caller's.
 */
export type Forward = (
  image: Float32Array,
  shapeVox: Zyx,
) => Promise<Float32Array>;
