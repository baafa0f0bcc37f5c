import type { OptionValues } from "./_command.ts";
import { wholeNumber } from "./_options.ts";

/** How candidates for partners are found. */
export const candidateOptions = {
  step: {
    value: "ENTRY",
    isRepeatable: true,
    summary:
      "steps that make synapses, in place of the usual, such as '{ type: threshold, p: 0.3 }'",
  },
  "min-contact": {
    value: "N",
    summary: "voxels of a synapse that a neuron has at least; 25 by default",
  },
  "per-synapse": {
    value: "N",
    summary: "pairs of a synapse at most, those with most of it; 0 for all",
  },
} as const;

/** What a command line says of it. */
export type CandidateValues = OptionValues<typeof candidateOptions>;

/** What the options say of how candidates are found. */
export async function candidatesBy(options: CandidateValues) {
  const least = wholeNumber(options["min-contact"], "min-contact", { low: 1 });
  const most = wholeNumber(options["per-synapse"], "per-synapse");
  const { candidatePlanOf } = await import("@/experiment/mod.ts");
  return candidatePlanOf({
    steps: options.step,
    ...(least !== undefined && { minContactVox: least }),
    ...(most !== undefined && { pairsPerSynapse: most }),
  });
}
