import type { Run } from "@/record/mod.ts";
import { planOf } from "../plan/mod.ts";
import { carryOut } from "./carry_out.ts";
import type { RunContext } from "./context.ts";
import { recordedRun } from "./new_run.ts";
import { beforeRun, prepare } from "./prepare.ts";
import { type ResumePoint, stateToGoOnFrom } from "./resume_point.ts";

/** A run to go on with. */
export interface ResumeRequest {
  /** Its name. */
  readonly id: string;
  /** From where. */
  readonly from: ResumePoint;
  /** The step after which a search stops it, null to its end; by default as the run that it repeats. */
  readonly stopAfter?: number | null;
}

/**
 * Goes on with a run that was interrupted, stopped, failed or crashed; the records end up
 * equal to those of an uninterrupted run, from wherever it goes on.
 *
 * @throws {ExperimentError} If there is no such run, it has finished, its data
 * or engine is not what it was, or its checkpoint is damaged; it is then left
 * as it was.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function resumeRun(
  { id, from, stopAfter }: ResumeRequest,
  context: RunContext,
): Promise<Run> {
  const run = recordedRun(id, context);
  using prepared = await prepare({ plan: planOf(run), like: run }, context);
  const { records } = prepared;
  const mustEqual = run.rerunOf === null ? null : records.run(run.rerunOf);
  return await carryOut({
    ...prepared,
    record: run,
    start: beforeRun(() => stateToGoOnFrom(prepared, { run, from })),
    stopAfter: stopAfter === undefined
      ? mustEqual?.stoppedAfter ?? null
      : stopAfter,
    takesOver: null,
    mustEqual,
  }, context);
}
