import type * as z from "zod";
import type { Component, Quantity, Zyx } from "@/core/mod.ts";
import type { Forward } from "../forward.ts";

/** Several looks at each tile, combined into one. */
export interface Tta {
  /** Looks at each tile. */
  readonly variants: number;
  /**
   * Fails unless every look at a tile has the tile's shape.
   *
   * @throws {ExperimentError} If it has not.
   */
  checkPatch(patchVox: Zyx): void;
  /** A forward that looks several times through the one given; numbers by default. */
  wrap(forward: Forward, quantity?: Quantity): Forward;
}

/** Defines a test-time augmentation: name, options and factory in one place. */
export function defineTta<Shape extends z.ZodRawShape>(
  definition: Component<Tta, Shape>,
): Component<Tta, Shape> {
  return definition;
}
