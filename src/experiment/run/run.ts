import {
  type NewRun,
  openRecords,
  type Recorder,
  type Run,
  type Variant,
} from "@/record/mod.ts";
import { drawPlan, type Plan, readPlan } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { conduct } from "./conduct.ts";
import { type Open, openAll, surroundingsOf } from "./open.ts";
import { type EarlierTraining, earlierTraining, inherit } from "./remeasure.ts";
import { writeReport } from "./report.ts";
import {
  bestSoFar,
  type ResumePoint,
  stateToGoOnFrom,
} from "./resume_point.ts";
import { firstState } from "./session.ts";
import type { RunContext } from "./types.ts";
import { changedSurroundings, repetitionOf } from "./verdict.ts";

/** What the command line gave besides the experiment. */
export interface Given {
  /** The experiment file as named. */
  readonly file: string;
  /** Values given by `--set` and `--seed`. */
  readonly overrides: readonly string[];
  /** Its place in the matrix that its name names, if it belongs to one. */
  readonly variant?: Variant | null;
}

/**
 * Trains an experiment to its end and writes its report. Where an earlier run
 * has trained the same, and only what is measured differs, its weights are
 * measured anew.
 *
 * @throws {ExperimentError} If the experiment cannot run; nothing is recorded then.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function runExperiment(
  spec: Spec,
  given: Given,
  context: RunContext,
): Promise<Run> {
  return reportOf(await startRun(spec, given, context), context);
}

/**
 * Does so without a report.
 *
 * @throws {ExperimentError} Also if it is a variant of a matrix, and a run of the
 * same plan and data is on record.
 */
export async function startRun(
  spec: Spec,
  given: Given,
  context: RunContext,
): Promise<Run> {
  using open = await openAll(spec, context);
  return await conduct(open, context, (records) => {
    const unique = Boolean(given.variant);
    const trained = earlierTraining(records, open, context);
    const recorder = records.startRun(
      newRun(open, given, context, { trained }),
      { unique },
    );
    return {
      recorder,
      begin() {
        recordPlan(recorder, open.plan);
        const { id } = recorder.run;
        if (!trained) {
          context.print(`Running ${spec.name} as ${id}`);
          return { start: firstState(open.machine, spec.seed), best: null };
        }
        context.print(`Measuring the weights of ${trained.run.id} as ${id}`);
        for (const change of trained.changes) {
          context.print(`Note: since they were trained, ${change}`);
        }
        inherit(trained, recorder);
        return {
          start: trained.end,
          best: bestSoFar(records, id, open.plan.ranking),
        };
      },
    };
  });
}

/**
 * Goes on with a run that was interrupted, failed or crashed, and writes its
 * report; the records end up equal to those of an uninterrupted run, from
 * wherever it goes on.
 *
 * @throws {ExperimentError} If there is no such run, it has finished, its data
 * or engine is not what it was, or its checkpoint is damaged; it is then left
 * as it was.
 */
export async function resumeRun(
  id: string,
  from: ResumePoint,
  context: RunContext,
): Promise<Run> {
  return reportOf(await continueRun(id, from, context), context);
}

/** Does so without a report. */
export async function continueRun(
  id: string,
  from: ResumePoint,
  context: RunContext,
): Promise<Run> {
  const run = readRun(id, context);
  const spec = specOf(run);
  using open = await openAll(spec, context, run);
  return await conduct(open, context, (records) => {
    const start = stateToGoOnFrom(records, run, open.machine, from);
    const now = surroundingsOf(open, context);
    const recorder = records.continueRun(run.id, {
      afterStep: start.step,
    });
    return {
      recorder,
      begin() {
        context.print(`Going on with ${run.id} after step ${start.step}`);
        recorder.log("info", `resumed after step ${start.step}`);
        for (const reason of changedSurroundings(run, now)) {
          context.print(`Note: since the run began, ${reason}`);
          recorder.log("warning", `since the run began, ${reason}`);
        }
        return {
          start,
          best: bestSoFar(records, run.id, open.plan.ranking),
          ...(run.rerunOf && {
            repeats: repetitionOf(records, records.run(run.rerunOf), {
              ...now,
              id: run.id,
            }),
          }),
        };
      },
    };
  });
}

/**
 * Repeats a run from its recorded plan, seed, engine and threads as a new run,
 * and compares every metric and weight hash as it goes.
 *
 * @throws {ExperimentError} If there is no such run or its data has changed.
 */
export async function rerunRun(id: string, context: RunContext): Promise<Run> {
  const before = readRun(id, context);
  const spec = specOf(before);
  using open = await openAll(spec, context, before);
  const ended = await conduct(open, context, (records) => {
    const { overrides, variant } = before;
    const given = { file: before.file ?? "", overrides, variant };
    const recorder = records.startRun(
      newRun(open, given, context, { rerunOf: before.id }),
    );
    return {
      recorder,
      begin() {
        recordPlan(recorder, open.plan);
        context.print(`Repeating ${before.id} as ${recorder.run.id}`);
        return {
          start: firstState(open.machine, spec.seed),
          best: null,
          repeats: repetitionOf(records, before, recorder.run),
        };
      },
    };
  });
  return reportOf(ended, context);
}

/** Writes the report of a run that has finished, if its experiment wants one. */
function reportOf(run: Run, context: RunContext): Run {
  const spec = specOf(run);
  if (run.state !== "finished" || !spec.report.atEnd) return run;
  using records = openRecords(context.resultsFolder, { readOnly: true });
  context.print(`Report: ${writeReport(records, spec, run.id)}`);
  return run;
}

function readRun(id: string, { resultsFolder }: RunContext): Run {
  using records = openRecords(resultsFolder, { readOnly: true });
  return records.run(id);
}

/** The experiment of a recorded run. */
export function specOf({ id, plan }: Run): Spec {
  return readPlan(plan, `run ${id}`).spec;
}

function newRun(
  open: Open,
  { file, overrides, variant = null }: Given,
  context: RunContext,
  { rerunOf = null, trained = null }: {
    readonly rerunOf?: string | null;
    readonly trained?: EarlierTraining | null;
  },
): NewRun {
  const { plan } = open;
  return {
    ...surroundingsOf(open, context),
    experiment: plan.spec.name,
    file: file || null,
    overrides,
    plan: JSON.stringify(plan),
    planHash: plan.hash,
    trainingHash: plan.trainingHash,
    ranking: plan.ranking,
    seed: plan.spec.seed,
    rerunOf,
    trainedBy: trained && (trained.run.trainedBy ?? trained.run.id),
    variant,
  };
}

function recordPlan(recorder: Recorder, plan: Plan): void {
  const keep = (name: string, mediaType: string, text: string) =>
    recorder.artifact(name, mediaType, new TextEncoder().encode(text));
  keep("plan.json", "application/json", JSON.stringify(plan, null, 2));
  keep("network.svg", "image/svg+xml", drawPlan(plan));
}
