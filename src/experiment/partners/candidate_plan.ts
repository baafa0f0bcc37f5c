import * as z from "zod";
import { ExperimentError } from "@/core/mod.ts";
import { calledAt, steps } from "@/postprocess/mod.ts";
import { readSteps } from "../run/postprocess_file.ts";

/** Matches how candidates are found, as a pruner's file has it. */
export const candidatePlanSchema = z.strictObject({
  steps: z.array(steps.schema).readonly(),
  minContactVox: z.int().min(1),
  pairsPerSynapse: z.int().min(0),
  gapVox: z.int().min(0),
});

/**
 * How candidates are found: by which steps synapses are made of the size of the
 * signed proximity, and which neurons of a synapse count.
 */
export type CandidatePlan = Readonly<z.infer<typeof candidatePlanSchema>>;

const listed = [
  { type: "smooth", sigmaVox: [1, 2, 2] },
  { type: "threshold", p: 0.35 },
  { type: "sectionSize", minVox: 20 },
  { type: "components", connectivity: 18 },
  { type: "size", minVox: 300 },
  { type: "sections", min: 2 },
];

/** The steps of techniques A9, for volumes at about 4 nm. */
export const candidateDefaults: CandidatePlan = candidatePlanSchema.parse({
  steps: listed,
  minContactVox: 25,
  pairsPerSynapse: 0,
  gapVox: 3,
});

/**
 * The plan with steps in place of the defaults, as YAML, one each.
 *
 * @throws {ExperimentError} If they are no steps, out of order, a sweep, or lack
 * the threshold.
 */
export function candidatePlanOf(
  { steps: texts = [], ...rest }: Partial<Omit<CandidatePlan, "steps">> & {
    readonly steps?: readonly string[];
  },
): CandidatePlan {
  const entries = texts.length === 0
    ? candidateDefaults.steps
    : readSteps(texts);
  if (calledAt(entries) === undefined) {
    throw new ExperimentError(
      "Cannot find synapses: no step says from which proximity on there is one",
      { where: "--step", fix: "Add --step '{ type: threshold, p: 0.35 }'" },
    );
  }
  return { ...candidateDefaults, ...rest, steps: entries };
}
