import type { Tensor5D } from "@tensorflow/tfjs-core";
import type * as z from "zod";
import type { Component, Zyx } from "@/core/mod.ts";
import type { Stage } from "./_stage.ts";
import type { Declaration, Scope } from "../weights.ts";

/** What a network is to say. */
export interface NetOutputs {
  /** Things said of each voxel, the primary one first; at least 1. */
  readonly heads: number;
  /** Coarser levels of the decoder that say them too (deep supervision, L13). */
  readonly levels: number;
}

/** What a network makes of an image; all owned by the caller. */
export interface NetResult {
  /**
   * Logits, finest first: `[N, D, H, W, heads]` and, for each further level,
   * `[N, d, h, w, heads]` on that level's own grid, whose extents divide those
   * before it.
   */
  readonly logits: readonly Tensor5D[];
  /** What the finest logits are read from, `[N, D, H, W, channels]`. */
  readonly features: Tensor5D;
  /**
   * In training, where the finest logits are asked (SMP-6), `[N, D, H, W, 1]` of
   * 0 or 1, without a gradient; everywhere if there is none.
   */
  readonly region?: Tensor5D;
}

/** A network: declares its weights, then maps an image to logits. */
export interface Net {
  /** Channels of the features that its finest logits are read from. */
  readonly channels: number;
  /** Adds its weights. */
  declare(weights: Declaration): void;
  /** Maps an image `[N, D, H, W, 1]`, borrowed. */
  apply(weights: Scope, image: Tensor5D): NetResult;
  /**
   * Its stops for a patch, from the image to the logits.
   *
   * @throws {ExperimentError} If the patch does not fit; names the axis, the
   * level and the nearest extents that do.
   */
  stages(patchVox: Zyx): readonly Stage[];
}

/**
 * Builds a network for what it is to say.
 *
 * @throws {ExperimentError} If it has fewer levels; says how many it has.
 */
export type NetBuilder = (outputs: NetOutputs) => Net;

/** Defines a network: its name, its options and its factory in one place. */
export function defineNet<Shape extends z.ZodRawShape>(
  definition: Component<NetBuilder, Shape>,
): Component<NetBuilder, Shape> {
  return definition;
}
