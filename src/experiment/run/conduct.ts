import { ExperimentError, RunError } from "@/core/mod.ts";
import {
  openRecords,
  type Recorder,
  type Records,
  type Run,
  verdictText,
} from "@/record/mod.ts";
import { carryOut, type Job } from "./carry_out.ts";
import type { Open } from "./open.ts";
import { checkCompared } from "./report.ts";
import { changedPrograms } from "./programs.ts";
import { recordEngine } from "./recording.ts";
import type { RunContext } from "./types.ts";
import type { Repetition } from "./verdict.ts";

/** A run that was claimed; `begin` is the first that can fail it. */
export interface Opening {
  readonly recorder: Recorder;
  begin(): Beginning;
}

/** Where a run begins. */
export interface Beginning extends Pick<Job, "start" | "best"> {
  readonly repeats?: Repetition;
}

/**
 * Carries a run out and records how it ended, whatever happens.
 *
 * @throws {ExperimentError} If it cannot begin; nothing is recorded then.
 * @throws {RunError} If it failed; the record says why.
 */
export async function conduct(
  open: Open,
  context: RunContext,
  claim: (records: Records) => Opening,
): Promise<Run> {
  context.signal.throwIfAborted(); // nothing is recorded yet
  const { spec } = open.plan;
  using records = beforeRun(() => openRecords(context.resultsFolder));
  checkCompared(records, spec);
  const { recorder, begin } = beforeRun(() => claim(records));
  using _ = recorder;
  const { id } = recorder.run;
  open.programs.recordTo(recorder);
  try {
    const { start, best, repeats } = begin();
    for (const notice of open.engine.facts.notices) {
      recorder.log("warning", notice);
    }
    const job: Job = {
      ...open,
      records,
      recorder,
      start,
      best,
      check: repeats?.check ?? null,
    };
    const { state, reason } = await carryOut(job, context);
    recordEngine(recorder, open.engine);
    if (state === "interrupted") {
      recorder.finish(state, reason);
      context.print(
        `Interrupted; go on with: deno task resume ${id}`,
      );
      return records.run(id);
    }
    const verdict = repeats?.check.conclude([
      ...repeats.reasons,
      ...changedPrograms(records, { before: repeats.of, now: id }),
    ]);
    recorder.finish(state, reason, verdict);
    if (verdict) context.print(verdictText(verdict));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    try {
      recorder.log(
        "error",
        error instanceof ExperimentError ? `${error}` : reason,
      );
      recorder.finish("failed", reason);
    } catch (second) { // such as a full disk: the first error is the one to show
      context.print(`The failure could not be recorded: ${second}`);
    }
    if (error instanceof ExperimentError) throw error;
    throw new RunError(`Cannot carry the run to its end: ${reason}`, {
      where: `run ${id}`,
      fix:
        `Look at "deno task show ${id}"; if this is not your doing, report it`,
      cause: error,
    });
  }
  return records.run(id);
}

/** Does what comes before a run, whose failure is thus not a run's. */
function beforeRun<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new ExperimentError(error.message, error);
  }
}
