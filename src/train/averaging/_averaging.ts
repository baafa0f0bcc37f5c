import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** A running mean of the weights, which is what validates and predicts. */
export interface Averaging {
  /**
   * The share of the present weights in the mean after a step (from 1) of
   * `total`; 1 as long as the mean is not begun.
   */
  share(step: number, total: number): number;
  /**
   * How many training batches the statistics of normalisations are estimated
   * from for the mean weights; null if they are averaged as the weights are.
   */
  readonly statisticsFrom: number | null;
}

/** Defines an averaging: its name, its options and its factory in one place. */
export function defineAveraging<Shape extends z.ZodRawShape>(
  definition: Component<Averaging | null, Shape>,
): Component<Averaging | null, Shape> {
  return definition;
}
