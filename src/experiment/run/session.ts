import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { openRng, type Ranking, type Zyx } from "@/core/mod.ts";
import type { Target } from "@/data/mod.ts";
import {
  type Engine,
  type EngineFacts,
  openEngine,
  type ProgramStore,
} from "@/engine/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import { type LossTerm, lossTerms } from "@/loss/mod.ts";
import type { Network } from "@/model/mod.ts";
import {
  type Averaging,
  averagings,
  type Clip,
  firstSnapshot,
  forwardPass,
  type Optimizer,
  optimizers,
  type Schedule,
  type Snapshot,
  type ValueTensors,
} from "@/train/mod.ts";
import type { Environment } from "@/record/mod.ts";
import {
  netOf,
  rankingOf,
  scheduleOf,
  targetsOf,
  trainedNetwork,
} from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { RunContext } from "./types.ts";

/** What an experiment trains, built from its entries. */
export interface Machine {
  /** The network with its weights laid out, the frozen ones marked. */
  readonly network: Network;
  /** What each head learns, the primary one first. */
  readonly targets: readonly Target[];
  /** The loss's terms. */
  readonly terms: readonly LossTerm[];
  /** How the weights follow the gradient. */
  readonly optimizer: Optimizer;
  /** The learning rate's course. */
  readonly schedule: Schedule;
  /** The mean of the weights that validates and predicts, if there is one. */
  readonly averaging: Averaging | null;
  /** Bounds of the gradient, if there are any. */
  readonly clip: Clip | undefined;
  /** Batches whose mean gradient a step follows. */
  readonly accumulate: number;
  /** Weights that it begins with, by name; the others are drawn. */
  readonly given: ReadonlyMap<string, Float32Array>;
}

/** Builds what an experiment names, all weights to be drawn. */
export function buildMachine(
  spec: Spec,
  ranking: Ranking = rankingOf(spec),
): Machine {
  const { clip, average, accumulate } = spec.train;
  return {
    network: trainedNetwork(netOf(spec), spec),
    targets: targetsOf(spec),
    terms: lossTerms(spec.loss, spec.heads),
    optimizer: optimizers.create(spec.optimizer),
    schedule: scheduleOf(spec, ranking),
    averaging: averagings.create(average),
    clip: clip.value || clip.norm ? clip : undefined,
    accumulate,
    given: new Map(),
  };
}

/** The extent of a training patch. */
export function patchOf({ sampler }: Spec): Zyx {
  return sampler.patchVox as Zyx;
}

/** The state before the first step: given weights; of others, seed and name decide. */
export function firstState(
  { network, optimizer, averaging, given }: Machine,
  seed: number,
): Snapshot {
  return firstSnapshot(network, optimizer.slotNames, openRng(seed), {
    given,
    keepsMean: averaging !== null,
  });
}

/** Which engine, and where its programs are kept. */
export interface EngineChoice {
  /** What a run to repeat computed with, in place of what the experiment says. */
  readonly recorded?: Pick<Environment, "engine" | "threads"> | undefined;
  /** Devices that share each batch, where it trains; 1 by default. */
  readonly devices?: number;
  /** Where compiled programs are found and kept. */
  readonly store: ProgramStore;
}

/** Opens the engine an experiment asks for, or the one that was recorded. */
export async function engineFor(
  { train }: Spec,
  { print, signal }: Pick<RunContext, "print" | "signal">,
  { recorded, devices = 1, store }: EngineChoice,
): Promise<Engine> {
  const { engine, threads, precision, eager } = train;
  return await openEngine({
    engine: recorded ? recorded.engine as EngineFacts["engine"] : engine,
    threads: recorded?.threads ?? threads,
    precision,
    devices,
    eager,
    store,
    notify: print,
    signal,
  });
}

/**
 * A machine's network on an engine as inference sees it: tiles in, probabilities out.
 * Borrows the tensors of what predicts.
 */
export function openForward(
  engine: Engine,
  { network, targets }: Pick<Machine, "network" | "targets">,
): (values: ValueTensors) => Forward {
  const run = engine.compile("forward", forwardPass(network, targets[0]!));
  return ({ weights, buffers }) =>
  async (
    image,
    [depth, height, width]: Zyx,
  ) => {
    await setImmediate(); // lets signals in
    const input = tf.tensor(image, [1, depth, height, width, 1]);
    await run.prepare([weights, buffers, input]);
    const [probability] = run([weights, buffers, input]);
    const values = await probability!.data<"float32">();
    tf.dispose([input, probability!]);
    return values as Float32Array;
  };
}
