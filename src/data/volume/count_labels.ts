import {
  type Box,
  ComponentCounter,
  sizeOf,
  type Volume,
  wholeBox,
} from "@/core/mod.ts";
import { slabsOf } from "./slabs.ts";

/** What the labels of a region hold. */
export interface LabelCounts {
  /** Connected components of cleft voxels; corners connect. */
  readonly clefts: number;
  /** Voxels of clefts. */
  readonly positive: number;
  /** Voxels whose label is known; 0 for a volume without labels. */
  readonly labelled: number;
  /** All voxels. */
  readonly voxels: number;
}

/** Share of cleft above which labels are doubted; in tissue it is about 0.01. */
const doubtfulShare = 0.05;

/** What makes labels doubtful, as a sentence for the reader of a plan, if anything. */
export function doubtOf(
  { positive, labelled }: Pick<LabelCounts, "positive" | "labelled">,
): string | undefined {
  if (positive <= doubtfulShare * labelled) return undefined;
  return `${(100 * positive / labelled).toFixed(1)} % of what is labelled is ` +
    "cleft, in tissue it is about 1 %: see that background is 0";
}

/**
 * Counts what the labels of a volume, or of a box of it, hold. Reads some
 * sections at a time, whatever the volume's size.
 *
 * @throws {RangeError} If the box is not inside the volume.
 */
export function countLabels(
  volume: Volume,
  box: Box = wholeBox(volume.shapeVox),
): LabelCounts {
  const voxels = sizeOf(box.shapeVox);
  if (!volume.hasLabels) {
    return { clefts: 0, positive: 0, labelled: 0, voxels };
  }
  const components = new ComponentCounter(box.shapeVox[1]);
  let positive = 0, labelled = 0;
  for (const { box: slab } of slabsOf(box)) {
    const { target, mask, shapeVox } = volume.read(slab);
    for (let i = 0; i < target.length; i++) {
      labelled += mask[i]!;
      if (mask[i] === 0) target[i] = 0;
      positive += target[i]!;
    }
    const width = shapeVox[2];
    for (let at = 0; at < target.length; at += width) {
      components.add(target.subarray(at, at + width));
    }
  }
  return { clefts: components.count, positive, labelled, voxels };
}
