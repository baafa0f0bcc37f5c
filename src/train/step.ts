import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Target } from "@/data/mod.ts";
import { gradients, type PureFunction } from "@/engine/mod.ts";
import {
  coarsen,
  inRegion,
  type LossInput,
  type LossTerm,
  type LossTruth,
  mixLoss,
  needsDistance,
} from "@/loss/mod.ts";
import { type NetResult, type Network, sizeOfWeight } from "@/model/mod.ts";
import type { Averaging } from "./averaging/mod.ts";
import { type Clip, clipGradient, normOf } from "./clip.ts";
import type { Optimizer } from "./optimizer/mod.ts";
import { weightsOf } from "./snapshot.ts";
import { cutTensor, joinTensors, weave } from "./_weave.ts";

/** What a training step is made of. */
export interface StepParts {
  /** The network. */
  readonly network: Network;
  /** What each head learns, the primary one first. */
  readonly targets: readonly Pick<Target, "coarsening" | "values">[];
  /** The terms of the loss. */
  readonly terms: readonly LossTerm[];
  /** How the weights follow the gradient. */
  readonly optimizer: Optimizer;
  /** Bounds of the gradient; none by default. */
  readonly clip?: Clip | undefined;
  /** Whether the gradient's length is told; not by default. */
  readonly tellsNorm?: boolean;
  /** Batches whose mean gradient a step follows; 1 by default. */
  readonly accumulate?: number;
  /** The mean of the weights that is kept besides; none by default. */
  readonly averaging?: Averaging | null;
}

/**
 * The training step as a pure function, so that an engine can compile it.
 *
 * In: weights `[P]`, buffers `[B]`, each slot `[P]`; if there is averaging, mean
 * weights `[P]` and mean buffers `[B]`; if gradients accumulate, their sum so far
 * `[P]`; then what {@linkcode batchInputs} lists; learning rate and the
 * optimizer's scalars `[]`; if there is averaging, the shares of the mean and of
 * the weights in the next mean `[]`.
 * Out: weights, buffers, each slot; with averaging, mean weights and buffers; the
 * losses `[1 + terms]`, total first; the gradient's length `[]` if it is told.
 */
export function trainStep(parts: StepParts): PureFunction {
  const { network, optimizer, clip, accumulate = 1, averaging } = parts;
  const { trained } = weightsOf(network);
  const derive = lossGradient(parts);
  return (inputs) => {
    const take = taker(inputs);
    const [weights, buffers] = take(2) as [tf.Tensor1D, tf.Tensor1D];
    const slots = take(optimizer.slotNames.length) as tf.Tensor1D[];
    const mean = take(averaging ? 2 : 0) as tf.Tensor1D[];
    const [sum] = take(accumulate > 1 ? 1 : 0) as tf.Tensor1D[];
    const batch = take(batchInputs(parts));
    const [learningRate] = take(1) as [tf.Scalar];
    const scalars = take(optimizer.scalars(1).length) as tf.Scalar[];
    const [kept, added] = take(averaging ? 2 : 0) as tf.Scalar[];

    const derived = derive(weights, buffers, batch);
    const gradient = sum
      ? tf.div<tf.Tensor1D>(tf.add(sum, derived.gradient), accumulate)
      : derived.gradient;
    const next = optimizer.update({
      weights,
      gradient: clip ? clipGradient(gradient, clip) : gradient,
      isKernel: () =>
        joinTensors(
          trained.map((spec) =>
            tf.fill([sizeOfWeight(spec)], spec.shape.length > 1 ? 1 : 0)
          ),
        ),
      slots,
      learningRate,
      scalars,
    });
    const nextMean = (was: tf.Tensor1D, is: tf.Tensor1D): tf.Tensor1D =>
      tf.add(tf.mul(was, kept!), tf.mul(is, added!));
    const means = averaging
      ? [
        nextMean(mean[0]!, next.weights),
        averaging.statisticsFrom === null
          ? meanBuffers(network, mean[1]!, derived.buffers, nextMean)
          : tf.clone(derived.buffers),
      ]
      : [];
    return [
      next.weights,
      derived.buffers,
      ...next.slots,
      ...means,
      derived.losses,
      ...(parts.tellsNorm ? [normOf(gradient)] : []),
    ];
  };
}

/**
 * Adds a batch's gradient to those of other batches, as a pure function; for all
 * batches of a step but the last.
 *
 * In: weights `[P]`, buffers `[B]`, the sum so far `[P]`; then what
 * {@linkcode batchInputs} lists.
 * Out: the sum `[P]`, buffers, the losses `[1 + terms]`.
 */
export function gatherStep(parts: StepParts): PureFunction {
  const derive = lossGradient(parts);
  return (inputs) => {
    const [weights, buffers, sum, ...batch] = inputs;
    const derived = derive(
      weights as tf.Tensor1D,
      buffers as tf.Tensor1D,
      batch,
    );
    return [tf.add(sum!, derived.gradient), derived.buffers, derived.losses];
  };
}

/**
 * How many inputs a batch is: image `[N, D, H, W, 1]`; target, mask and weight
 * `[N, D, H, W, heads]`; if a term needs them, distances to the borders of clefts
 * `[N, D, H, W, 1]`; the factors of the terms `[terms]`; the seed of what the
 * step draws, int32 `[2]`.
 */
export function batchInputs({ terms }: Pick<StepParts, "terms">): number {
  return needsDistance(terms) ? 7 : 6;
}

/** What a batch says of weights. */
export interface Derived {
  /** The gradient of the total loss, `[P]`. */
  readonly gradient: tf.Tensor1D;
  /** The buffers after the batch, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** The losses, total first, `[1 + terms]`. */
  readonly losses: tf.Tensor1D;
}

/** The loss of a batch and its gradient; `batch` as {@linkcode batchInputs} lists it. */
export function lossGradient(
  { network, targets, terms }: StepParts,
): (
  weights: tf.Tensor1D,
  buffers: tf.Tensor1D,
  batch: readonly tf.Tensor[],
) => Derived {
  const kinds = weightsOf(network);
  return (weights, buffers, batch) => {
    const fixed = cutTensor(buffers, kinds.buffers);
    let losses: tf.Tensor1D, nextBuffers: tf.Tensor1D;
    const { value, grads } = gradients(([w]) => {
      const { each, total, updates } = lossOf(
        { network, targets, terms },
        weave(network, cutTensor(w as tf.Tensor1D, kinds.trained), fixed),
        batch,
      );
      losses = tf.keep(tf.stack([total, ...each]) as tf.Tensor1D);
      nextBuffers = tf.keep(
        kinds.buffers.length === 0 ? tf.clone(buffers) : joinTensors(
          kinds.buffers.map(({ name }, i) => updates.get(name) ?? fixed[i]!),
        ),
      );
      return total;
    }, [weights]);
    tf.dispose(value);
    const [lossesOut, buffersOut] = [losses!, nextBuffers!].map(release);
    return {
      gradient: grads[0] as tf.Tensor1D,
      buffers: buffersOut!,
      losses: lossesOut!,
    };
  };
}

/** The loss of a batch, as one number and term by term. */
export function lossOf(
  { network, targets, terms }: Pick<StepParts, "network" | "targets" | "terms">,
  values: readonly tf.Tensor[],
  batch: readonly tf.Tensor[],
  watch?: (layer: string, features: tf.Tensor5D) => void,
): {
  total: tf.Scalar;
  each: readonly tf.Scalar[];
  logits: readonly tf.Tensor5D[];
  updates: ReadonlyMap<string, tf.Tensor>;
} {
  const [image, target, mask, weight] = batch.slice(0, 4) as tf.Tensor5D[];
  const [distanceNm] = batch.slice(4, -2) as tf.Tensor5D[];
  const [factors, seed] = batch.slice(-2) as tf.Tensor1D[];
  const { logits, region, updates } = network.apply(values, image!, {
    isTraining: true,
    seed,
    watch,
  });
  const truth = {
    target: target!,
    mask: mask!,
    weight: weight!,
    ...distanceNm && { distanceNm },
  };
  const judgement = judged({ logits, region }, truth, targets);
  return { ...mixLoss(terms, judgement, factors!), logits, updates };
}

/**
 * What the losses judge, by level and head: logits with the truth on their grid,
 * the finest with weights for where they are asked.
 */
function judged(
  { logits, region }: Pick<NetResult, "logits"> & {
    region: NetResult["region"];
  },
  { target, mask, weight, ...shared }: LossTruth,
  targets: StepParts["targets"],
): readonly (readonly LossInput[])[] {
  const said = headsOf(target), known = headsOf(mask), weighs = headsOf(weight);
  return logits.map((ofLevel, level) =>
    headsOf(ofLevel).map((logits, head) => {
      const truth = {
        target: said[head]!,
        mask: known[head]!,
        weight: weighs[head]!,
        ...shared,
      };
      const { coarsening, values } = targets[head]!;
      if (level === 0) {
        return {
          logits,
          ...region ? inRegion(truth, region, values) : truth,
        };
      }
      const gridVox = logits.shape.slice(1, 4) as unknown as Zyx;
      return { logits, ...coarsen(truth, gridVox, coarsening) };
    })
  );
}

/** A tensor `[N, D, H, W, heads]` as one for each head, `[N, D, H, W, 1]`. */
function headsOf(x: tf.Tensor5D): readonly tf.Tensor5D[] {
  const heads = x.shape[4];
  return heads === 1 ? [x] : tf.split(x, heads, 4);
}

/**
 * The forward pass as a pure function. In: weights `[P]`, buffers `[B]`, image
 * `[N, D, H, W, 1]`. Out: cleft probability of the image's shape, as the
 * primary head says it on the finest level and its target reads it.
 */
export function forwardPass(
  network: Network,
  { slope }: Pick<Target, "slope">,
): PureFunction {
  const kinds = weightsOf(network);
  return ([weights, buffers, image]) => {
    const values = weave(
      network,
      cutTensor(weights as tf.Tensor1D, kinds.trained),
      cutTensor(buffers as tf.Tensor1D, kinds.buffers),
    );
    const { logits } = network.apply(values, image as tf.Tensor5D, {
      isTraining: false,
    });
    const [primary] = headsOf(logits[0]!);
    return [tf.sigmoid(slope === 1 ? primary! : tf.mul(primary!, slope))];
  };
}

/** The next mean of buffers; weights among them, which never change, keep their bits. */
function meanBuffers(
  network: Network,
  mean: tf.Tensor1D,
  buffers: tf.Tensor1D,
  next: (was: tf.Tensor1D, is: tf.Tensor1D) => tf.Tensor1D,
): tf.Tensor1D {
  const { buffers: specs } = weightsOf(network);
  if (!specs.some((spec) => spec.isFrozen)) return next(mean, buffers);
  const means = cutTensor(mean, specs), now = cutTensor(buffers, specs);
  return joinTensors(specs.map(({ isFrozen }, i) => {
    const flat = [means[i]!, now[i]!].map((t) => tf.reshape(t, [-1]));
    const [was, is] = flat as [tf.Tensor1D, tf.Tensor1D];
    return isFrozen ? was : next(was, is);
  }));
}

/** Takes tensors one after another. */
function taker(inputs: readonly tf.Tensor[]) {
  let at = 0;
  return (count: number) => inputs.slice(at, at += count);
}

/** Hands a tensor that was kept from one scope to the present one. */
function release(kept: tf.Tensor): tf.Tensor1D {
  const released = tf.clone(kept);
  kept.dispose();
  return released as tf.Tensor1D;
}
