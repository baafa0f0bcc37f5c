import type * as z from "zod";
import type { Coarsening, Component, Quantity, Sample } from "@/core/mod.ts";

/** What a network should say about a patch; arrays are `[D, H, W]` but for one. */
export interface TargetPatch {
  /** What it should say: 0 or 1, a distance, or a direction, `[D, H, W, 3]`. */
  readonly target: Float32Array;
  /** 1 where that is known, else 0. */
  readonly mask: Float32Array;
  /** Weight of each voxel in the losses that take one. */
  readonly weight: Float32Array;
}

/** What is to be learnt, and how it is read from logits. */
export interface Target {
  /**
   * What it is of: clefts by default. Partners are found in samples that trace
   * them, and only by a head beside one for clefts.
   */
  readonly of?: "clefts" | "partners";
  /**
   * Labels are 0 or 1, distances go from -1 to 1 and are positive in clefts, or
   * on the presynaptic side; directions are vectors of length 1.
   */
  readonly values: "labels" | "distances" | "directions";
  /** What it is of each voxel; a number by default. */
  readonly quantity?: Quantity;
  /**
   * Cleft probability is `sigmoid(slope · logit)`: 1 for labels; 2 for a
   * distance `tanh(logit)`, whose `(tanh(logit) + 1) / 2` that is. Of no meaning
   * for vectors, which are what the network says at length 1.
   */
  readonly slope: number;
  /** How it is brought to the grid of a coarser level of the network. */
  readonly coarsening: Coarsening;
  /** Makes what to learn from a sample; called after augmentation. */
  make(sample: Sample): TargetPatch;
}

/** Defines a target: its name, its options and its factory in one place. */
export function defineTarget<Shape extends z.ZodRawShape>(
  definition: Component<Target, Shape>,
): Component<Target, Shape> {
  return definition;
}
