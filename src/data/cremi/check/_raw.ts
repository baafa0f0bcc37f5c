import type { Zyx } from "@/core/mod.ts";
import type { NumberKind } from "../../hdf5/mod.ts";
import { greyReader } from "../../source/_grey.ts";
import { rawName } from "../layout.ts";
import type { PlacedDataset } from "../read_layout.ts";
import { type Inspection, readSlabs } from "./_inspection.ts";

/** Grey values that were found. */
export interface FoundRaw {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Extent of a voxel, in nanometres. */
  readonly voxelNm: Zyx;
  /** Place of the first voxel, in nanometres. */
  readonly offsetNm: Zyx;
  /** How the numbers are stored. */
  readonly kind: NumberKind;
}

/**
 * Looks through the grey values.
 *
 * @throws {ExperimentError} If they are damaged, or no grey values.
 */
export async function inspectRaw(
  { dataset, grid: { shapeVox, voxelNm, offsetNm } }: PlacedDataset,
  { faults, notes, where, signal }: Inspection,
): Promise<FoundRaw> {
  const { kind } = dataset, grey = greyReader(dataset, where);
  if (kind !== "u8") {
    notes.push(`"${rawName}" is ${kind}, in the challenge's files u8`);
  }
  let first: unknown, isEven = true;
  for await (const numbers of readSlabs(dataset, signal)) {
    if (kind.startsWith("f")) grey(numbers); // refuses what is beyond 0 to 1
    first ??= numbers[0];
    for (let i = 0; isEven && i < numbers.length; i++) {
      isEven = numbers[i] === first;
    }
  }
  if (isEven) {
    faults.add(`Cannot use "${rawName}": all its grey values are ${first}`, {
      where,
      fix: "Write the grey values",
    });
  }
  return { shapeVox, voxelNm, offsetNm, kind };
}
