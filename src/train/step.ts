import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "@/data/mod.ts";
import { inPart, type PureFunction } from "@/engine/mod.ts";
import { type Network, sizeOfWeight } from "@/model/mod.ts";
import type { Averaging } from "./averaging/mod.ts";
import {
  batchInputs,
  headsOf,
  lossGradient,
  type LossParts,
} from "./batch_loss.ts";
import { type Clip, clipGradient, normOf } from "./clip.ts";
import type { Optimizer } from "./optimizer/mod.ts";
import { weightsOf } from "./snapshot.ts";
import { cutTensor, joinTensors, weave } from "./_weave.ts";

/** What a training step is made of. */
export interface StepParts extends LossParts {
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
    const next = inPart("the optimizer", () =>
      optimizer.update({
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
      }));
    const nextMean = (was: tf.Tensor1D, is: tf.Tensor1D): tf.Tensor1D =>
      inPart(
        "the mean of the weights",
        () => tf.add(tf.mul(was, kept!), tf.mul(is, added!)),
      );
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
