import { ExperimentError } from "@/core/mod.ts";
import { readSteps } from "../run/postprocess_file.ts";
import {
  type CandidatePlan,
  candidatePlanSchema,
  synapseFault,
} from "../spec/mod.ts";

/** The steps of techniques A9, for volumes at about 4 nm. */
export const candidateDefaults: CandidatePlan = candidatePlanSchema.parse({});

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
  const steps = texts.length === 0 ? candidateDefaults.steps : readSteps(texts);
  const fault = synapseFault(steps);
  if (!fault) return { ...candidateDefaults, ...rest, steps };
  throw new ExperimentError(`Cannot find synapses: ${fault.message}`, {
    where: texts[fault.at] === undefined
      ? "--step"
      : `--step ${texts[fault.at]}`,
    fix: fault.fix,
  });
}
