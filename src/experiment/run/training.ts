import { openRng, type Ranking, type Zyx } from "@/core/mod.ts";
import type { Target } from "@/data/mod.ts";
import { type LossTerm, lossTerms } from "@/loss/mod.ts";
import type { Network } from "@/model/mod.ts";
import {
  type Averaging,
  averagings,
  type Clip,
  firstSnapshot,
  type Optimizer,
  optimizers,
  type Schedule,
  type Snapshot,
} from "@/train/mod.ts";
import {
  netOf,
  rankingOf,
  scheduleOf,
  targetsOf,
  trainedNetwork,
} from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** What an experiment trains and how, built from its entries. */
export interface Training {
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
export function buildTraining(
  spec: Spec,
  ranking: Ranking = rankingOf(spec),
): Training {
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
  { network, optimizer, averaging, given }: Training,
  seed: number,
): Snapshot {
  return firstSnapshot(network, {
    slotNames: optimizer.slotNames,
    given,
    keepsMean: averaging !== null,
  }, openRng(seed));
}
