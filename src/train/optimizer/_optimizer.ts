import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** One step of an optimizer on all weights, laid end to end. */
export interface OptimizerStep {
  /** The weights, `[P]`. */
  readonly weights: Tensor1D;
  /** The loss's gradient, `[P]`. */
  readonly gradient: Tensor1D;
  /**
   * 1 for the numbers of kernels, which have several axes; 0 for those of biases
   * and of normalisations, which have one. `[P]`
   */
  isKernel(): Tensor1D;
  /** What the optimizer keeps between steps, `[P]` each. */
  readonly slots: readonly Tensor1D[];
  /** The schedule's rate for this step. */
  readonly learningRate: Scalar;
  /** The numbers that `scalars` gave for this step. */
  readonly scalars: readonly Scalar[];
}

/** Moves weights along their gradient; pure, so that a step can be compiled. */
export interface Optimizer {
  /** The rate a schedule starts from. */
  readonly learningRate: number;
  /** Names of what it keeps for each weight, all 0 at first. */
  readonly slotNames: readonly string[];
  /** Numbers that depend on the step alone (from 1), computed in double precision. */
  scalars(step: number): readonly number[];
  /** The weights and slots after the step. */
  update(
    step: OptimizerStep,
  ): { weights: Tensor1D; slots: readonly Tensor1D[] };
}

/** Defines an optimizer: its name, its options and its factory in one place. */
export function defineOptimizer<Shape extends z.ZodRawShape>(
  definition: Component<Optimizer, Shape>,
): Component<Optimizer, Shape> {
  return definition;
}
