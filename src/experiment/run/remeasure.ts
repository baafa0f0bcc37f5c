import { canonicalJson, ExperimentError } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import {
  foremostRun,
  haveSameData,
  haveSameTrainingData,
  type Recorder,
  type Records,
  type Run,
} from "@/record/mod.ts";
import type { Snapshot } from "@/train/mod.ts";
import { type Plan, readPlan } from "../plan/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import { type Open, surroundingsOf } from "./open.ts";
import type { RunContext } from "./types.ts";
import { changedSurroundings } from "./verdict.ts";

/** A training that an experiment needs not repeat. */
export interface EarlierTraining {
  /** The run that has its weights. */
  readonly run: Run;
  /** The state after its last step. */
  readonly end: Snapshot;
  /** The numbers of its validations that the experiment measures as it did. */
  readonly numbers: ReadonlySet<string>;
  /** What has changed since and can change bits of a measurement. */
  readonly changes: readonly string[];
}

/**
 * The finished training that decides the same weights as an experiment, on the
 * same data, if nothing was measured of it as the experiment measures: whoever
 * runs the same plan again wants it trained again. Null as well where its last
 * state cannot be read.
 */
export function earlierTraining(
  records: Records,
  open: Open,
  context: RunContext,
): EarlierTraining | null {
  const { plan, machine, data: { inputs } } = open;
  const finished = records.runs({
    trainingHash: plan.trainingHash,
    state: "finished",
  });
  const isMeasured = finished.some((run) =>
    run.planHash === plan.hash && haveSameData(run.inputs, inputs)
  );
  const same = finished
    .filter((run) => haveSameTrainingData(run.inputs, inputs));
  const run = foremostRun(same.filter(({ trainedBy }) => !trainedBy)) ??
    foremostRun(same);
  if (isMeasured || !run) return null;
  try {
    const end = readCheckpoint(records, run.id, machine, [lastCheckpoint]);
    if (!end) return null;
    const now = surroundingsOf(open, context);
    const changes = changedSurroundings({ ...run, inputs: [] }, {
      ...now,
      inputs: [],
    });
    const numbers = sameNumbers(readPlan(run.plan, `run ${run.id}`), plan);
    return { run, end, numbers, changes };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    context.print(`Training anew what ${run.id} has trained: ${error.message}`);
    return null;
  }
}

/** Records an earlier training as that of a run, which then measures its weights. */
export function inherit(
  { run, numbers, changes }: EarlierTraining,
  recorder: Recorder,
): void {
  recorder.inherit({
    from: run.id,
    keeps: ({ split, name }) =>
      split === "train" ||
      split === "validation" && numbers.has(name), // not the last ones, best.…
    artifacts: [lastCheckpoint, bestCheckpoint],
  });
  recorder.log("info", `measures the weights of ${run.id} anew`);
  for (const change of changes) {
    recorder.log("warning", `since they were trained, ${change}`);
  }
}

/** The numbers that two plans measure in the same way, and the threshold. */
function sameNumbers(before: Plan, now: Plan): ReadonlySet<string> {
  const measured = ({ spec }: Plan) =>
    new Map(spec.evaluate.metrics.map((entry) => [entry.type, entry]));
  const known = measured(before);
  const shared = [...measured(now)].filter(([type, entry]) =>
    canonicalJson(entry) === canonicalJson(known.get(type))
  );
  const names = shared.flatMap(([, entry]) =>
    metrics.create(entry).outputs.map(({ name }) => name)
  );
  return new Set(["threshold", ...names]);
}
