import type { Tensor1D, Tensor5D } from "@tensorflow/tfjs-core";
import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Declaration, Scope } from "../weights.ts";

/** Brings features to a common mean and scale. */
export interface Norm {
  /** Whether each channel has a factor `gamma`; without, it has a summand alone. */
  readonly hasGamma: boolean;
  /**
   * Adds its weights; `gamma` is what the factors are at first.
   *
   * @throws {ExperimentError} For a number of channels it cannot take, with
   * the numbers it can.
   */
  declare(
    weights: Declaration,
    channels: number,
    gamma: "ones" | "zeros",
  ): void;
  /** Maps `[N, D, H, W, C]` to the same shape. */
  apply(weights: Scope, features: Tensor5D): Tensor5D;
  /**
   * At inference, the factor and the summand per channel that it comes down to,
   * if they do not depend on the features: the convolution before takes them in.
   */
  fold?(weights: Scope): { scale: Tensor1D; shift: Tensor1D };
}

/** Defines a normalisation: its name, options and factory in one place. */
export function defineNorm<Shape extends z.ZodRawShape>(
  definition: Component<Norm, Shape>,
): Component<Norm, Shape> {
  return definition;
}
