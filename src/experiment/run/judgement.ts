import { type ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import type { Finding } from "../plan/mod.ts";

/** What is thought of an experiment's data. */
export interface Judgement {
  /** What a reader of the numbers should know. */
  readonly findings: readonly Finding[];
  /** Why it is not to be run; empty if it may be. */
  readonly faults: readonly ExperimentError[];
}

/** Whether data are judged that a run on record has used. */
export interface JudgeOptions {
  /**
   * Runs on record can be repeated whatever is thought of their data today: what
   * would be refused is a finding.
   */
  readonly isOnRecord?: boolean;
}

/** Several judgements as one. */
export function together(judgements: readonly Judgement[]): Judgement {
  return {
    findings: judgements.flatMap(({ findings }) => findings),
    faults: judgements.flatMap(({ faults }) => faults),
  };
}

/**
 * What was found, where nothing speaks against a run.
 *
 * @throws {ExperimentFaults} With all that does.
 */
export function accepted(
  { findings, faults }: Judgement,
): readonly Finding[] {
  if (faults.length > 0) throw new ExperimentFaults(faults);
  return findings;
}
