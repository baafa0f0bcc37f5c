import * as z from "zod";
import { checkIsFile, ExperimentError, readJsonAs } from "@/core/mod.ts";
import { neuronsOf, openCremi, writeCremi } from "@/data/mod.ts";
import { isTaken, type Pruner, prunerSchema } from "@/partner/mod.ts";
import { candidatePlanSchema } from "../spec/mod.ts";
import type { CandidatePlan } from "../spec/mod.ts";
import { annotationsOf } from "./annotations_of.ts";
import { candidatesIn } from "./candidates_in.ts";

/** What a pruner's file holds. */
export interface PrunerFile {
  /** How the candidates are found that it judges. */
  readonly candidates: CandidatePlan;
  /** What judges them. */
  readonly pruner: Pruner;
}

const prunerFileSchema = z.strictObject({
  candidates: candidatePlanSchema,
  pruner: prunerSchema,
});

/** What was found. */
export interface FoundPartners {
  /** Pairs of neurons that touch in a synapse. */
  readonly candidates: number;
  /** Those that are taken for partners. */
  readonly partners: number;
}

/**
 * Finds the synaptic partners in a prediction of signed proximity and writes them
 * as annotations of the challenge. Without a pruner those of the presynaptic one
 * of the two neurons that have most of a synapse are taken, with all that are on
 * the other side.
 *
 * @throws {ExperimentError} If a file cannot be read or written, or nothing is
 * found; then none is written.
 */
export async function findPartners(
  { prediction, segmentation, output, how }: {
    /** A prediction of signed proximity, as `predict --head` writes it. */
    readonly prediction: string;
    /** A file in the layout of the challenge with the neurons of the volume. */
    readonly segmentation: string;
    /** The file to write. */
    readonly output: string;
    /** How candidates are found, or the file of a pruner, which says that too. */
    readonly how: CandidatePlan | PrunerFile;
  },
): Promise<FoundPartners> {
  const { candidates: plan, pruner } = "pruner" in how
    ? how
    : { candidates: how, pruner: null };
  using file = await openCremi(segmentation);
  const neurons = neuronsOf(file, segmentation);
  const place = { prediction, neurons, segmentation };
  const { grid, all } = await candidatesIn(place, plan);
  const found = all.filter(({ features, isLikely }) =>
    pruner ? isTaken(pruner, features) : isLikely
  );
  if (found.length === 0) {
    throw new ExperimentError(
      `Cannot write partners: of ${all.length} candidates none is taken for a pair`,
      {
        where: prediction,
        fix: "Lower the threshold or the least sizes by --step",
      },
    );
  }
  const { voxelNm, offsetNm } = grid;
  const annotations = annotationsOf(found, offsetNm);
  await writeCremi(output, { voxelNm, annotations });
  return { candidates: all.length, partners: found.length };
}

/**
 * Reads the file of a pruner.
 *
 * @throws {ExperimentError} If it is none.
 */
export function readPruner(path: string): PrunerFile {
  checkIsFile(path);
  return readJsonAs(Deno.readTextFileSync(path), {
    schema: prunerFileSchema,
    what: `"${path}" as a pruner`,
    where: path,
    fix: "Name a file that deno task partners learn wrote",
  }) as PrunerFile;
}
