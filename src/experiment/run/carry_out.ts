import { sizeOf, type Volume, type Zyx } from "@/core/mod.ts";
import { openBatches, shareVolume } from "@/data/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { metrics as metricCatalog } from "@/metric/mod.ts";
import { defaultOptions } from "@/core/mod.ts";
import type { MetricPoint, Recorder, Records, Split } from "@/record/mod.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  hashSnapshot,
  type Snapshot,
  train,
  type TrainObserver,
  TrainState,
} from "@/train/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import {
  evaluateVolumes,
  type Evaluator,
  meanScores,
  recordEvaluation,
  type Scores,
} from "./evaluate.ts";
import { Progress } from "./progress.ts";
import { stepPoints } from "./recording.ts";
import { type Machine, openForward } from "./session.ts";
import type { RunContext } from "./types.ts";
import type { Verdict } from "./verdict.ts";
import type { Volumes } from "./volumes.ts";

/** The artifact a training goes on from. */
export const lastCheckpoint = "checkpoint/last";
/** The artifact with the weights of the best validation. */
export const bestCheckpoint = "checkpoint/best";
const checkpointType = "application/x-safetensors";

/** A run that is ready to go. */
export interface Job {
  /** What is to happen. */
  readonly plan: Plan;
  /** What it trains. */
  readonly machine: Machine;
  /** Its volumes. */
  readonly volumes: Volumes;
  /** What computes. */
  readonly engine: Engine;
  /** The records, for reading back. */
  readonly records: Records;
  /** Where it is recorded. */
  readonly recorder: Recorder;
  /** Where it begins. */
  readonly start: Snapshot;
  /** The best validation before `start`, if there was one. */
  readonly best: BestSoFar | null;
  /** What checks it against the run it repeats, if it does. */
  readonly verdict: Verdict | null;
}

/** The best validation so far. */
export interface BestSoFar {
  /** The step after which it was measured. */
  readonly step: number;
  /** Its value of {@linkcode rankingOf}. */
  readonly value: number;
}

/** How a run ended. */
export type Outcome = "finished" | "interrupted";

/** The metric that decides which weights are best, and which way. */
export function rankingOf(
  { evaluate }: Spec,
): { name: string; sign: 1 | -1 } {
  const outputs = metricCatalog.components
    .filter((m) => evaluate.metrics.includes(m.name))
    .flatMap((m) => m.create(defaultOptions(m)).outputs);
  const output = outputs.find((o) => o.better !== "neither")!;
  return { name: output.name, sign: output.better === "higher" ? 1 : -1 };
}

/** Trains, validates on the way, evaluates the best weights; records it all. */
export async function carryOut(
  job: Job,
  context: RunContext,
): Promise<Outcome> {
  const { plan, machine, volumes, engine, recorder, start } = job;
  const { spec, steps } = plan;
  const patchVox = patchOf(spec);
  await using batches = openBatches({
    seed: spec.seed,
    volumes: volumes.bySplit.train.map((volume) => shareVolume(volume)),
    sampler: spec.sampler,
    augment: spec.augment,
    target: spec.target,
    patchVox,
    batch: spec.train.batch,
    workers: spec.train.workers,
    ahead: spec.train.ahead,
  }, { fromStep: start.step });
  const voxelsPerStep = sizeOf(patchVox) * spec.train.batch;
  const termNames = machine.terms.map(({ name }) => name);
  const progress = new Progress({
    totalSteps: steps.total,
    batch: spec.train.batch,
    voxelsPerStep,
    termNames,
    isTerminal: context.isTerminal,
  }, context.print);
  const forwardOf = openForward(engine, machine.network);
  const evaluatorOf = (state: TrainState): Evaluator => ({
    forward: forwardOf(state),
    plan: { ...spec.infer, patchVox: plan.inferPatchVox },
    metricNames: spec.evaluate.metrics,
  });
  const { slotNames } = machine.optimizer;
  const ranking = rankingOf(spec);
  let best = job.best;

  const record = (points: readonly MetricPoint[]) => {
    recorder.metrics(points);
    job.verdict?.metrics(points);
  };
  const save = (name: string, snapshot: Snapshot) =>
    recorder.artifact(
      name,
      checkpointType,
      encodeCheckpoint(snapshot, machine.network),
    );

  const observer: TrainObserver = {
    onStep(event) {
      record(stepPoints(event, { termNames, voxelsPerStep }));
      recorder.heartbeat();
      if (event.isSkipped) {
        recorder.log(
          "warning",
          `step ${event.step} skipped: loss ${event.loss}`,
        );
      }
      progress.step(event);
    },
    async onDue(due, state) {
      const snapshot = await state.snapshot(slotNames);
      if (due.validate && volumes.bySplit.validation.length > 0) {
        const evaluator = { ...evaluatorOf(state) };
        const plain = { ...evaluator.plan, tta: { type: "none" } };
        const scores = meanScores(
          await evaluateVolumes(volumes.bySplit.validation, {
            ...evaluator,
            plan: plain,
          }),
        );
        record(scorePoints("validation", due.step, scores));
        progress.pause();
        context.print(`step ${due.step}: validation ${scoresText(scores)}`);
        const value = scores[ranking.name] ?? null;
        const isBetter = value !== null &&
          (!best || ranking.sign * (value - best.value) > 0);
        if (isBetter) {
          best = { step: due.step, value };
          save(bestCheckpoint, snapshot);
        }
      }
      if (due.save) {
        const hashes = hashSnapshot(snapshot, machine.network)
          .map((hash) => ({ step: due.step, ...hash }));
        recorder.weightHashes(hashes);
        job.verdict?.weightHashes(hashes);
        save(lastCheckpoint, snapshot);
      }
    },
  };

  using last = await train({
    ...machine,
    engine,
    batches,
    start,
    plan: {
      totalSteps: steps.total,
      saveEverySteps: steps.save,
      validateEverySteps: steps.validate,
      onNan: spec.train.onNan,
    },
    observer,
    signal: context.signal,
  });
  progress.pause();
  if (last.step < steps.total) return "interrupted";
  await evaluateBest(job, last, evaluatorOf, context);
  return "finished";
}

/** Measures the best weights: validation, then test at validation's threshold. */
async function evaluateBest(
  { plan: { spec }, machine, volumes, records, recorder, verdict }: Job,
  last: TrainState,
  evaluatorOf: (state: TrainState) => Evaluator,
  context: RunContext,
): Promise<void> {
  const { slotNames } = machine.optimizer;
  const snapshot = readCheckpoint(records, recorder.run.id, machine, [
    bestCheckpoint,
  ]) ?? await last.snapshot(slotNames);
  using state = TrainState.from(snapshot, slotNames);
  const evaluator = evaluatorOf(state);
  let threshold: number | undefined;
  for (const split of ["validation", "test"] as const) {
    const labelled = volumes.bySplit[split].filter((v: Volume) => v.hasLabels);
    if (labelled.length === 0) continue;
    const evaluated = await evaluateVolumes(labelled, evaluator, threshold);
    for (const one of evaluated) {
      recordEvaluation(recorder, one, {
        split,
        thresholdFrom: threshold === undefined ? split : "validation",
        step: state.step,
        sectionsShown: spec.evaluate.sectionsShown,
        metricNames: spec.evaluate.metrics,
      });
    }
    const scores = meanScores(evaluated);
    const points = scorePoints(split, state.step, scores, "best.");
    recorder.metrics(points);
    verdict?.metrics(points);
    context.print(
      `${split} with the weights of step ${state.step}: ${scoresText(scores)}`,
    );
    threshold ??= scores.threshold ?? undefined;
  }
}

/** The first of some checkpoints that a run has, or null. */
export function readCheckpoint(
  records: Records,
  id: string,
  { network, optimizer }: Machine,
  names: readonly string[],
): Snapshot | null {
  const there = new Set(records.artifacts(id).map(({ name }) => name));
  const name = names.find((candidate) => there.has(candidate));
  if (!name) return null;
  return decodeCheckpoint(records.artifact(id, name), network, {
    slotNames: optimizer.slotNames,
    where: `run ${id} artifact ${name}`,
  });
}

/** The extent of a training patch. */
export function patchOf({ sampler }: Spec): Zyx {
  return sampler.patchVox as Zyx;
}

function scorePoints(
  split: Split,
  step: number,
  scores: Scores,
  prefix = "",
): readonly MetricPoint[] {
  return Object.entries(scores).map(([name, value]) => ({
    split,
    name: prefix + name,
    step,
    value: value ?? NaN,
  }));
}

/** Scores as `ap 0.512 · dice 0.487 · …`. */
export function scoresText(scores: Scores): string {
  return Object.entries(scores).map(([name, value]) => {
    if (value === null) return `${name} –`;
    const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 3 : 0;
    return `${name} ${value.toFixed(digits)}`;
  }).join(" · ");
}
