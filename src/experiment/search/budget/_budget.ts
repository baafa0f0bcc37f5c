import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** A stretch of a search: some trials train up to a number of samples. */
export interface Rung {
  /** Up to how many samples each of them trains, in all. */
  readonly volume: number;
  /** How many trials do, the best so far; in the first, all. */
  readonly trials: number;
}

/** How much training the trials of a search get. */
export interface Budget {
  /**
   * The rungs of a search, each with more samples than the one before; the last
   * goes to the end of the training.
   *
   * @throws {ExperimentError} If there is no rung before the end.
   */
  rungs(
    search: { readonly trials: number; readonly volumeTotal: number },
  ): readonly Rung[];
}

/** Defines a budget: its name, its options and its factory in one place. */
export function defineBudget<Shape extends z.ZodRawShape>(
  definition: Component<Budget, Shape>,
): Component<Budget, Shape> {
  return definition;
}
