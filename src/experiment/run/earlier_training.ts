import { canonicalJson, ExperimentError } from "@/core/mod.ts";
import { metrics, validationLoss } from "@/metric/mod.ts";
import {
  foremostRun,
  haveSameData,
  haveSameTrainingData,
  type Recorder,
  type Records,
  type Run,
} from "@/record/mod.ts";
import type { Snapshot } from "@/train/mod.ts";
import { type Plan, planOf } from "../plan/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import type { Prepared } from "./prepare.ts";
import { changedSurroundings } from "./surroundings.ts";

/** A training that an experiment needs not repeat. */
export interface EarlierTraining {
  /** The run that has its weights. */
  readonly run: Run;
  /** The state to go on from: after its last step, or after its last checkpoint. */
  readonly end: Snapshot;
  /** Whether it has come to its end, and only measuring is left. */
  readonly isWhole: boolean;
  /** The run that has trained the weights, itself or another one. */
  readonly trainedBy: string;
  /** The numbers of its validations that the experiment measures as it did. */
  readonly numbers: ReadonlySet<string>;
  /** What has changed since and can change bits. */
  readonly changes: readonly string[];
}

/**
 * The training that decides the same weights as an experiment, on the same data,
 * if nothing was measured of it as the experiment measures: whoever runs the same
 * plan again wants it trained again. A finished one comes first; one that was cut
 * counts if it was computed by the same engine with as many threads. Null as well
 * where its last state cannot be read.
 */
export function earlierTraining(
  prepared: Pick<Prepared, "plan" | "training" | "records" | "surroundings">,
  { print }: Pick<RunContext, "print">,
): EarlierTraining | null {
  const { plan, training, records, surroundings } = prepared;
  const run = trainingToTakeOver(records, prepared);
  if (!run) return null;
  const isWhole = run.state === "finished";
  try {
    const names = [lastCheckpoint];
    const end = readCheckpoint(records, run.id, { training, names });
    if (!end || !isWhole && end.step === 0) return null;
    return {
      ...{ run, end, isWhole },
      trainedBy: trainerOf(run, records),
      numbers: sameNumbers(planOf(run), plan),
      changes: changedSurroundings(
        { ...run, inputs: [] },
        { ...surroundings, inputs: [] },
      ),
    };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    print(`Training anew what ${run.id} has trained: ${error.message}`);
    return null;
  }
}

/** The run whose training an experiment can take over, by what is on record of it. */
function trainingToTakeOver(
  records: Pick<Records, "runs">,
  { plan, surroundings: { inputs, environment } }: Pick<
    Prepared,
    "plan" | "surroundings"
  >,
): Run | null {
  const same = records.runs({ trainingHash: plan.trainingHash })
    .filter((run) => haveSameTrainingData(run.inputs, inputs));
  const isMeasured = same.some((run) =>
    run.state === "finished" && run.planHash === plan.hash &&
    haveSameData(run.inputs, inputs)
  );
  if (isMeasured) return null;
  const finished = same.filter(({ state }) => state === "finished");
  const cut = same.filter((run) =>
    run.state !== "finished" && run.state !== "running" &&
    run.planHash !== plan.hash && // that one would be gone on with by resume
    run.environment.engine === environment.engine &&
    run.environment.threads === environment.threads
  );
  return foremostRun(finished.filter(({ trainedBy }) => !trainedBy)) ??
    foremostRun(finished) ?? foremostRun(cut);
}

/** The run that has trained the weights of a run to the end: itself or another one. */
function trainerOf(
  { id, trainedBy }: Run,
  records: Pick<Records, "run">,
): string {
  if (trainedBy === null) return id;
  return records.run(trainedBy).state === "finished" ? trainedBy : id;
}

/** Records an earlier training as that of a run, which then goes on from its end. */
export function takeOver(
  { run, end, isWhole, numbers, changes }: EarlierTraining,
  recorder: Pick<Recorder, "inherit" | "log">,
): void {
  recorder.inherit({
    from: run.id,
    upToStep: end.step,
    keeps: ({ split, name }) =>
      split === "train" ||
      split === "validation" && numbers.has(name), // not the last ones, best.…
    artifacts: [lastCheckpoint, bestCheckpoint],
  });
  recorder.log(
    "info",
    isWhole
      ? `measures the weights of ${run.id} anew`
      : `goes on with the training of ${run.id} after step ${end.step}`,
  );
  for (const change of changes) {
    recorder.log("warning", `since they were trained, ${change}`);
  }
}

/** The numbers that two plans measure in the same way, the threshold and the loss. */
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
  return new Set(["threshold", validationLoss.name, ...names]);
}
