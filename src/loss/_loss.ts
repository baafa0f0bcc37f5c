import type { Scalar, Tensor5D } from "@tensorflow/tfjs-core";
import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/**
 * What a loss compares; all `[N, D, H, W, 1]`, but for the three components of
 * directions; borrowed from the caller.
 */
export interface LossInput {
  /** What one head of the network says on one level, before any sigmoid. */
  readonly logits: Tensor5D;
  /** What it should say. */
  readonly target: Tensor5D;
  /** 1 where the target is known, else 0. */
  readonly mask: Tensor5D;
  /** Weight of each voxel, for the losses that take one. */
  readonly weight: Tensor5D;
  /**
   * Nanometres to the border of a cleft, negative in clefts; there for a loss
   * that says it needs them.
   */
  readonly distanceNm?: Tensor5D;
}

/** A differentiable score where lower is better. */
export interface Loss {
  /** Compares; the caller owns the result. */
  (input: LossInput): Scalar;
  /** What it takes logits for, if not for those of a label. */
  readonly compares?: "distances" | "directions";
  /** `distanceNm` if it cannot do without that. */
  readonly needs?: "distanceNm";
}

/** Defines a loss: its name, its options and its factory in one place. */
export function defineLoss<Shape extends z.ZodRawShape>(
  definition: Component<Loss, Shape>,
): Component<Loss, Shape> {
  return definition;
}
