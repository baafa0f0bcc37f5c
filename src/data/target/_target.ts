import type * as z from "zod";
import type { Component, Sample } from "@/core/mod.ts";

/** What a network should say about a patch; arrays are `[D, H, W]`. */
export interface TargetPatch {
  /** What it should say: 0 or 1, or a distance. */
  readonly target: Float32Array;
  /** 1 where that is known, else 0. */
  readonly mask: Float32Array;
  /** Weight of each voxel in the losses that take one. */
  readonly weight: Float32Array;
}

/** Makes what to learn from a sample; called after augmentation. */
export type Target = (sample: Sample) => TargetPatch;

/** Defines a target: its name, its options and its factory in one place. */
export function defineTarget<Shape extends z.ZodRawShape>(
  definition: Component<Target, Shape>,
): Component<Target, Shape> {
  return definition;
}
