import type { Tensor5D } from "@tensorflow/tfjs-core";

/**
 * Leads features through the parts of a layer or a network. Which way they go is
 * told once, whatever the features `F` are: tensors are computed on their way,
 * and what is known of them beforehand is followed to its end.
 */
export interface Flow<F> {
  /** Through the part of that name. */
  through(part: string, features: F): F;
  /** Voxel by voxel, on one grid; gives the channels of the first. */
  each(map: (...features: Tensor5D[]) => Tensor5D, ...features: F[]): F;
  /** The channels of all, on one grid. */
  concat(features: readonly F[]): F;
}

/** What a network makes of an image; tensors are owned by the caller. */
export interface NetResult<F = Tensor5D> {
  /**
   * Logits, finest first: `[N, D, H, W, heads]` and, for each further level,
   * `[N, d, h, w, heads]` on that level's own grid, whose extents divide those
   * before it.
   */
  readonly logits: readonly F[];
  /** What the finest logits are read from, `[N, D, H, W, channels]`. */
  readonly features: F;
  /**
   * Where the finest logits are asked (SMP-6), `[N, D, H, W, 1]` of 0 or 1,
   * without a gradient; everywhere if there is none.
   */
  readonly region?: F;
}

/** Leads an image through the parts of a network. */
export interface NetFlow<F> extends Flow<F> {
  /** Whether it is trained. */
  readonly isTraining: boolean;
  /**
   * One stop of the network, whatever the body leads through. Outside of one,
   * each part that has weights is a stop.
   */
  stop(name: string, body: () => F): F;
  /** Through the network of that name that it is built on. */
  base(name: string, image: F): NetResult<F>;
  /** Leads sections through as samples: `[N * D, 1, H, W, C]`. */
  bySection(image: F, body: (sections: F) => NetResult<F>): NetResult<F>;
}
