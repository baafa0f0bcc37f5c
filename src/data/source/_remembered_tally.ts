import * as z from "zod";
import { foundOnce, sizeOf } from "@/core/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";
import { marksOf } from "./_label_marks.ts";
import { type LabelTally, tallyLabels } from "./_label_tally.ts";

/** Fewer voxels are counted in less than a tenth of a second. */
const worthRemembering = 1 << 24;

/** Which labels are counted, and where that is remembered. */
export interface TallyPlace {
  /** For errors. */
  readonly where: string;
  /** The hash of their file. */
  readonly sha256: string;
  /** Where counts of large ones are kept. */
  readonly cacheFolder: string;
}

/**
 * The tally of labels, counted once for a file that is large.
 *
 * @throws {ExperimentError} If one can be no label.
 */
export function tallyOf(
  labels: VoxelArray,
  { where, sha256, cacheFolder }: TallyPlace,
): LabelTally {
  const voxels = sizeOf(labels.shapeVox);
  if (voxels < worthRemembering) return tallyLabels(labels, where);
  return foundOnce({ cacheFolder }, {
    kind: "labels",
    key: { sha256, name: labels.name, form: 1 },
    schema: schemaFor(labels),
    find: () => tallyLabels(labels, where),
  });
}

function schemaFor({ kind, shapeVox }: VoxelArray): z.ZodType<LabelTally> {
  const count = z.int().min(0).max(sizeOf(shapeVox));
  return z.strictObject({
    voxels: z.literal(sizeOf(shapeVox)),
    zeros: count,
    marked: z.array(count).length(marksOf(kind).length),
    others: count,
  });
}
