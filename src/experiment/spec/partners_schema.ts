import * as z from "zod";
import { count, type Entry, whole } from "@/core/mod.ts";
import {
  calledAt,
  orderFault,
  steps,
  sweptOptions,
} from "@/postprocess/mod.ts";

/** How synapses are made of the size of the polarity (techniques A9). */
const usual = [
  { type: "smooth", sigmaVox: [1, 2, 2] },
  { type: "threshold", p: 0.35 },
  { type: "sectionSize", minVox: 20 },
  { type: "components", connectivity: 18 },
  { type: "size", minVox: 300 },
  { type: "sections", min: 2 },
];

/** What is wrong with steps that make synapses, if anything. */
export function synapseFault(
  entries: readonly Entry[],
):
  | { readonly at: number; readonly message: string; readonly fix: string }
  | undefined {
  const [swept] = sweptOptions(entries);
  if (swept) {
    return {
      at: swept.at,
      message: `${swept.option} is a sweep, and nothing here chooses`,
      fix: "Write a single value",
    };
  }
  const fault = orderFault(entries);
  if (fault) return fault;
  return calledAt(entries) !== undefined ? undefined : {
    at: entries.length,
    message: "no step says from which proximity on there is a synapse",
    fix: "Add { type: threshold, p: 0.35 }",
  };
}

/** How candidates for partners are found. */
const candidateShape = {
  steps: z.array(steps.schema).readonly().superRefine((entries, context) => {
    const fault = synapseFault(entries);
    if (!fault) return;
    const { at, message, fix } = fault;
    const path = at < entries.length ? [at, "type"] : [];
    context.addIssue({ code: "custom", path, message, params: { fix } });
  }).prefault(usual).describe(
    "steps of post-processing that make synapses of the size of the polarity",
  ),
  minContactVox: count(25, "voxels of a synapse that a neuron has at least"),
  pairsPerSynapse: whole(
    0,
    "pairs of a synapse at most, those that have most of it; 0 for all",
  ),
  gapVox: whole(
    3,
    "voxels of no neuron across which two neurons touch, in a section",
  ),
};

/**
 * How candidates are found: by which steps synapses are made of the size of the
 * signed proximity, and which neurons of a synapse count.
 */
export interface CandidatePlan {
  /** Steps of post-processing. */
  readonly steps: readonly Entry[];
  /** Voxels of a synapse that a neuron has at least. */
  readonly minContactVox: number;
  /** Pairs of a synapse at most; 0 for all. */
  readonly pairsPerSynapse: number;
  /** Voxels of no neuron across which two neurons touch, in a section. */
  readonly gapVox: number;
}

/** Matches how candidates are found, as a pruner's file has it. */
export const candidatePlanSchema: z.ZodType<CandidatePlan> = z.strictObject(
  candidateShape,
);

/** Matches how an experiment finds and scores partners. */
export const partnersSchema = z.strictObject({
  head: z.string().min(1).optional().describe(
    "the head that learns polarity, by name; the first that does by default",
  ),
  ...candidateShape,
}).describe(
  "finds synaptic partners with the best weights and scores them (CREMI task 3), where volumes have partners and neuron ids",
);
