import type { Tensor5D } from "@tensorflow/tfjs-core";
import type { Sight } from "./sight.ts";
import type { Declaration, Scope } from "./weights.ts";

/** What is known of features before they are computed. */
export interface Seen {
  /** Their grid, and the voxels of the image that they depend on. */
  readonly sight: Sight;
  /** How many there are of each voxel. */
  readonly channels: number;
}

/**
 * A part of a network: declares its weights once, then maps features. One made
 * of others is `compose`d, and needs none of this.
 */
export interface Layer {
  /** Adds its weights. */
  declare(weights: Declaration): void;
  /** Maps `[N, D, H, W, C]` to `[N, D, H, W, C']`; the caller owns the result. */
  apply(weights: Scope, features: Tensor5D): Tensor5D;
  /** The same of what is known of features. */
  see(features: Seen): Seen;
}
