import type { Run } from "@/record/mod.ts";
import { planOf } from "../plan/mod.ts";
import { carryOut } from "./carry_out.ts";
import type { RunContext } from "./context.ts";
import { newRunOf, recordedRun } from "./new_run.ts";
import { prepare } from "./prepare.ts";
import { firstState } from "./training.ts";

/** A run to repeat. */
export interface RepeatRequest {
  /** Its name. */
  readonly id: string;
}

/**
 * Repeats a run from its recorded plan, seed, engine and threads as a new run,
 * and compares every metric, sample and weight hash as it goes.
 *
 * @throws {ExperimentError} If there is no such run or its data has changed.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function repeatRun(
  { id }: RepeatRequest,
  context: RunContext,
): Promise<Run> {
  const run = recordedRun(id, context);
  const plan = planOf(run);
  using prepared = await prepare({ plan, like: run }, context);
  const { file, overrides, variant } = run;
  const newRun = newRunOf(prepared, {
    ...{ file, overrides, variant },
    rerunOf: run.id,
  });
  return await carryOut({
    ...prepared,
    record: { newRun, unique: false },
    start: firstState(prepared.training, plan.spec.seed),
    stopAfter: run.stoppedAfter,
    takesOver: null,
    mustEqual: run,
  }, context);
}
