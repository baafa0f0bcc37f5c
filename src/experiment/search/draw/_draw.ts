import type * as z from "zod";
import type { Component, Rng } from "@/core/mod.ts";

/** A way to spread trials over what is searched. */
export interface Draw {
  /** The most options that it can spread over. */
  readonly mostOptions: number;
  /**
   * The place of a trial: for each option, by its path, a share from 0 to below 1.
   * It depends on the trial's number, from 0, and the stream's address alone, so
   * that more trials leave those before them as they are.
   */
  shares(
    trial: number,
    paths: readonly string[],
    rng: Rng,
  ): readonly number[];
}

/** Defines a way to draw: its name, its options and its factory in one place. */
export function defineDraw<Shape extends z.ZodRawShape>(
  definition: Component<Draw, Shape>,
): Component<Draw, Shape> {
  return definition;
}
