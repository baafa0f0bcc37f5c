import { maskOf, objectsOf } from "./_objects.ts";
import type { Called } from "./_step.ts";

/** What is called cleft as numbered objects. */
export interface LabelledObjects {
  /** How many there are. */
  readonly count: number;
  /**
   * Section by section the object of each voxel, `[H, W]`, from 1 in the order of
   * their first voxels, 0 elsewhere; the array is used again.
   */
  sections(): Iterable<Int32Array>;
}

/** Numbers the objects of what is called cleft, two sections in memory. */
export function labelledObjects(
  called: Called,
): LabelledObjects {
  const { facts, sections } = objectsOf(maskOf(called));
  return { count: facts.length, sections };
}
