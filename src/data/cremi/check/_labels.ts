import type { Zyx } from "@/core/mod.ts";
import type { NumberKind } from "../../hdf5/mod.ts";
import { tallyLabels } from "../../source/_label_tally.ts";
import { labelsBy } from "../../source/_labels.ts";
import { notesIn } from "../../prediction/mod.ts";
import { doubtOf } from "../../volume/mod.ts";
import { background, cleftsName, neuronIdsName, unknown } from "../layout.ts";
import type { PlacedDataset } from "../read_layout.ts";
import { eachRun, type Inspection, readSlabs } from "./_inspection.ts";

/** Labels that were found. */
export interface FoundLabels {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Their first voxel, counted in the grey values. */
  readonly startVox: Zyx;
  /** How their numbers are stored. */
  readonly kind: NumberKind;
}

/** Clefts that were found. */
export interface FoundClefts extends FoundLabels {
  /** How many ids there are. */
  readonly clefts: number;
  /** Voxels of clefts. */
  readonly cleftVox: number;
  /** Voxels of which nothing is known. */
  readonly unknownVox: number;
}

/** Neurons that were found. */
export interface FoundNeurons extends FoundLabels {
  /** How many ids there are. */
  readonly neurons: number;
}

/**
 * Looks through the ids of clefts.
 *
 * @throws {ExperimentError} If they are damaged, or it cannot be told what is cleft.
 */
export async function inspectClefts(
  { dataset, startVox }: PlacedDataset,
  inspection: Inspection,
): Promise<FoundClefts> {
  const { form, faults, notes, where, signal } = inspection;
  const { shapeVox, kind } = dataset;
  judgeKind({ dataset, startVox }, inspection);
  const tally = tallyLabels(dataset, where);
  const labels = labelsBy(tally, dataset, { where });
  notes.push(...labels.notes, ...notesIn(dataset.attribute("notes")));
  const ids = new Set<number | bigint>();
  let cleftVox = 0, unknownVox = 0, zeros = 0;
  for await (const numbers of readSlabs(dataset, signal)) {
    const target = new Uint8Array(numbers.length), mask = target.slice();
    labels.read(numbers, target, mask);
    eachRun(numbers, (at, count) => {
      if (!mask[at]) unknownVox += count;
      else if (target[at]) {
        cleftVox += count;
        ids.add(numbers[at]!);
      } else if (numbers[at] == 0) zeros += count; // of either type
    });
  }
  const labelled = tally.voxels - unknownVox;
  const refuse = (why: string, fix: string) =>
    faults.add(`Cannot use "${cleftsName}": ${why}`, { where, fix });
  if (labelled === 0) {
    refuse("all its voxels are unknown", "Write what is cleft and what is not");
  } else if (cleftVox === 0) {
    refuse(
      `it has no cleft: all its ${labelled} known voxels are background`,
      form === "volume"
        ? "Write ids from 1 where clefts are, or remove the dataset"
        : "Lower the threshold that clefts are found by",
    );
  } else if (cleftVox === labelled) {
    refuse("all of it is cleft", "Write 0xffffffffffffffff for background");
  } else {
    const doubt = doubtOf({ positive: cleftVox, labelled });
    if (doubt) notes.push(doubt);
  }
  if (zeros > 0 && cleftVox > 0 && kind === "u64") {
    const why = `${zeros} of its voxels are 0`;
    if (form === "submission") {
      refuse(
        `${why}, which the challenge takes for a cleft`,
        "Write 0xffffffffffffffff for background, in numpy: " +
          "d[d == 0] = 2**64 - 1",
      );
    } else {
      notes.push(
        `${why} in "${cleftsName}": background to Cleft, a cleft to the ` +
          "challenge's own tools",
      );
    }
  }
  return {
    ...{ shapeVox, startVox, kind },
    ...{ clefts: ids.size, cleftVox, unknownVox },
  };
}

/**
 * Looks through the ids of neurons.
 *
 * @throws {ExperimentError} If they are damaged.
 */
export async function inspectNeurons(
  { dataset, startVox }: PlacedDataset,
  inspection: Inspection,
): Promise<FoundNeurons> {
  const { faults, where, signal } = inspection, { shapeVox, kind } = dataset;
  judgeKind({ dataset, startVox }, inspection);
  const ids = new Set<number | bigint>();
  for await (const numbers of readSlabs(dataset, signal)) {
    eachRun(numbers, (at) => ids.add(numbers[at]!));
  }
  for (const none of [0, 0n, background, unknown]) ids.delete(none);
  if (ids.size === 0) {
    faults.add(`Cannot use "${neuronIdsName}": it has no neuron`, {
      where,
      fix: "Write an id from 1 for each neuron, or remove the dataset",
    });
  }
  return { shapeVox, startVox, kind, neurons: ids.size };
}

/** The challenge has its labels as u64; what converts without loss is read too. */
function judgeKind(
  { dataset: { name, kind } }: Pick<PlacedDataset, "dataset" | "startVox">,
  { form, faults, notes, where }: Inspection,
): void {
  if (kind === "u64") return;
  const isFloat = kind.startsWith("f");
  if (form === "volume" && !isFloat) {
    notes.push(`"${name}" is ${kind}, in the challenge's files u64`);
    return;
  }
  faults.add(
    `Cannot use "${name}": its numbers are ${kind}, ids are u64`,
    {
      where,
      fix: `Write it as u64${
        name === cleftsName ? ", background as 0xffffffffffffffff" : ""
      }, in numpy: d.astype("uint64")`,
    },
  );
}
