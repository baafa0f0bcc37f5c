import type { Run, Variant } from "@/record/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { carryOut } from "./carry_out.ts";
import type { RunContext } from "./context.ts";
import { earlierTraining } from "./earlier_training.ts";
import { newRunOf } from "./new_run.ts";
import { beforeRun, prepare } from "./prepare.ts";
import { firstState } from "./training.ts";

/** An experiment to run. */
export interface StartRequest {
  /** What it comes to. */
  readonly plan: Plan;
  /** Its file as named on the command line. */
  readonly file: string;
  /** Values given by `--set` and `--seed`. */
  readonly overrides: readonly string[];
  /** Its place in the matrix that its name names, if it belongs to one. */
  readonly variant?: Variant | null;
  /** The step after which a search stops it; null to its end. */
  readonly stopAfter?: number | null;
}

/**
 * Trains an experiment to its end. Where an earlier run has trained the same, and
 * only what is measured differs, its weights are measured anew; where it has
 * begun to, this one goes on from there.
 *
 * @throws {ExperimentError} If the experiment cannot run, or is a variant of a
 * matrix and a run of the same plan and data is on record; nothing is recorded
 * then.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function startRun(
  { plan, file, overrides, variant = null, stopAfter = null }: StartRequest,
  context: RunContext,
): Promise<Run> {
  using prepared = await prepare({ plan }, context);
  const takesOver = beforeRun(() => earlierTraining(prepared, context));
  const newRun = newRunOf(prepared, {
    file,
    overrides,
    variant,
    trainedBy: takesOver?.trainedBy ?? null,
  });
  return await carryOut({
    ...prepared,
    record: { newRun, unique: variant !== null },
    start: takesOver?.end ?? firstState(prepared.training, plan.spec.seed),
    takesOver,
    stopAfter,
    mustEqual: null,
  }, context);
}
