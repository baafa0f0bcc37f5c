import type { Tensor5D } from "@tensorflow/tfjs-core";
import type * as z from "zod";
import type { Component, Zyx } from "@/core/mod.ts";
import type { Declaration, Scope } from "../weights.ts";

/** One stop on the way through a network. */
export interface Stage {
  /** Its name, which begins the names of its weights. */
  readonly name: string;
  /** Extent of its features in voxels of its own grid. */
  readonly shapeVox: Zyx;
  /** Channels of its features. */
  readonly channels: number;
  /** Voxels of the image that one of its features depends on. */
  readonly receptiveVox: Zyx;
}

/** A network: declares its weights, then maps an image to logits. */
export interface Net {
  /** Adds its weights. */
  declare(weights: Declaration): void;
  /** Maps an image `[N, D, H, W, 1]` to logits of the same shape. */
  apply(weights: Scope, image: Tensor5D): Tensor5D;
  /**
   * Its stops for a patch, from the image to the logits.
   *
   * @throws {ExperimentError} If the patch does not fit; names the axis, the
   * level and the nearest extents that do.
   */
  stages(patchVox: Zyx): readonly Stage[];
}

/** Defines a network: its name, its options and its factory in one place. */
export function defineNet<Shape extends z.ZodRawShape>(
  definition: Component<Net, Shape>,
): Component<Net, Shape> {
  return definition;
}
