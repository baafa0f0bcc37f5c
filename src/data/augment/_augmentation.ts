import type * as z from "zod";
import type { Component, Rng, Sample, Zyx } from "@/core/mod.ts";

/** A random change of a sample that leaves the input sample as it was. */
export interface Augmentation {
  /**
   * Voxels of context it can use on each side of a patch; none by default. The
   * sampler reads them, `apply` gets a sample that much larger on each side and
   * returns one without them.
   */
  marginVox?(shapeVox: Zyx): Zyx;
  /** Changes a sample; what is drawn depends on the stream alone. */
  apply(sample: Sample, rng: Rng): Sample;
}

/** Defines an augmentation: its name, its options and its factory in one place. */
export function defineAugmentation<Shape extends z.ZodRawShape>(
  definition: Component<Augmentation, Shape>,
): Component<Augmentation, Shape> {
  return definition;
}
