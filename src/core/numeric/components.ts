import type { Zyx } from "../volume.ts";
import type { Connectivity } from "./_neighbours.ts";
import { SectionLabels } from "./section_labels.ts";

export type { Connectivity };

/** The connected components of a mask. */
export interface Components {
  /** 0 in the background, else the component's number from 1, `[D, H, W]`. */
  readonly labels: Int32Array;
  /** How many there are. */
  readonly count: number;
}

/**
 * Numbers the connected components of the non-zero voxels from 1, in the order
 * of their first voxels (as `scipy.ndimage.label` does). See
 * {@linkcode SectionLabels} for masks that are not to be held whole.
 */
export function labelComponents(
  mask: Uint8Array,
  shapeVox: Zyx,
  connectivity: Connectivity,
): Components {
  const [depth, height, width] = shapeVox;
  const labels = new Int32Array(depth * height * width);
  const sections = new SectionLabels([height, width], connectivity);
  for (let at = 0; at < labels.length; at += height * width) {
    const end = at + height * width;
    sections.add(mask.subarray(at, end), labels.subarray(at, end));
  }
  const { numbers, count } = sections.number();
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]!]!;
  return { labels, count };
}
