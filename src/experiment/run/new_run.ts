import { type NewRun, readRecords, type Run } from "@/record/mod.ts";
import type { RunContext } from "./context.ts";
import type { Prepared } from "./prepare.ts";

/** What a new run records of how it came about. */
export interface Origin {
  /** The experiment's file as named, or null. */
  readonly file: string | null;
  /** Values given by `--set` and `--seed`. */
  readonly overrides: readonly string[];
  /** Its place in the matrix of its name, if it belongs to one. */
  readonly variant: NonNullable<NewRun["variant"]> | null;
  /** The run it repeats, if it does. */
  readonly rerunOf?: string | null;
  /** The run that has trained its weights, if another one has. */
  readonly trainedBy?: string | null;
}

/** What is known of a run before it begins. */
export function newRunOf(
  { plan, surroundings }: Pick<Prepared, "plan" | "surroundings">,
  { file, overrides, variant, rerunOf = null, trainedBy = null }: Origin,
): NewRun {
  return {
    ...surroundings,
    experiment: plan.spec.name,
    file: file || null,
    overrides,
    plan: JSON.stringify(plan),
    planHash: plan.hash,
    trainingHash: plan.trainingHash,
    ranking: plan.ranking,
    seed: plan.spec.seed,
    rerunOf,
    trainedBy,
    variant,
    tags: plan.spec.tags,
  };
}

/**
 * A run on record.
 *
 * @throws {ExperimentError} If there is none of that name.
 */
export function recordedRun(
  id: string,
  { resultsFolder }: Pick<RunContext, "resultsFolder">,
): Run {
  using records = readRecords(resultsFolder);
  return records.run(id);
}
