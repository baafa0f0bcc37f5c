import type * as z from "zod";
import type { Component, Rng, Volume, Zyx } from "@/core/mod.ts";

/** Where a sample comes from. */
export interface Place {
  /** The volume's number, from 0. */
  readonly volume: number;
  /** First voxel of the patch in that volume. */
  readonly startVox: Zyx;
}

/** Chooses the place of each sample: the same place for the same stream. */
export type Placer = (rng: Rng) => Place;

/** A way of choosing places. */
export interface Sampler {
  /**
   * Looks at the volumes once.
   *
   * @throws {ExperimentError} If they have no such place.
   */
  open(volumes: readonly Volume[], patchVox: Zyx): Placer;
}

/** Defines a sampler: its name, its options and its factory in one place. */
export function defineSampler<Shape extends z.ZodRawShape>(
  definition: Component<Sampler, Shape>,
): Component<Sampler, Shape> {
  return definition;
}
