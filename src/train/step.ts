import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Target } from "@/data/mod.ts";
import { gradients, type PureFunction } from "@/engine/mod.ts";
import {
  coarsen,
  type LossInput,
  type LossTerm,
  type LossTruth,
  mixLoss,
  needsDistance,
} from "@/loss/mod.ts";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";
import type { Optimizer } from "./optimizer/mod.ts";
import { weightsOf } from "./snapshot.ts";

/** What a training step is made of. */
export interface StepParts {
  /** The network. */
  readonly network: Network;
  /** What each head learns, the primary one first. */
  readonly targets: readonly Pick<Target, "coarsening">[];
  /** The terms of the loss. */
  readonly terms: readonly LossTerm[];
  /** How the weights follow the gradient. */
  readonly optimizer: Optimizer;
}

/**
 * The training step as a pure function, so that an engine can compile it.
 *
 * In: weights `[P]`, buffers `[B]`, each slot `[P]`; image `[N, D, H, W, 1]`;
 * target, mask and weight `[N, D, H, W, heads]`; if a term needs them, distances
 * to the borders of clefts `[N, D, H, W, 1]`; the factors of the terms `[terms]`;
 * the seed of what the step draws, int32 `[2]`; learning rate and the
 * optimizer's scalars `[]`.
 * Out: weights, buffers, each slot; the losses `[1 + terms]`, total first.
 */
export function trainStep(
  { network, targets, terms, optimizer }: StepParts,
): PureFunction {
  const kinds = weightsOf(network);
  const slotCount = optimizer.slotNames.length;
  return (inputs) => {
    const [weights, buffers] = inputs as [tf.Tensor1D, tf.Tensor1D];
    const slots = inputs.slice(2, 2 + slotCount) as tf.Tensor1D[];
    const afterBatch = 2 + slotCount + (needsDistance(terms) ? 5 : 4);
    const [image, target, mask, weight, distanceNm] = inputs
      .slice(2 + slotCount, afterBatch) as tf.Tensor5D[];
    const [factors, seed] = inputs
      .slice(afterBatch, afterBatch + 2) as tf.Tensor1D[];
    const [learningRate, ...scalars] = inputs.slice(
      afterBatch + 2,
    ) as tf.Scalar[];

    let losses: tf.Tensor1D, nextBuffers: tf.Tensor1D;
    const { value, grads } = gradients(([w]) => {
      const values = weave(network, {
        trained: cutTensor(w as tf.Tensor1D, kinds.trained),
        buffers: cutTensor(buffers, kinds.buffers),
      });
      const { logits, updates } = network.apply(values, image!, {
        isTraining: true,
        seed: seed!,
      });
      const truth = {
        target: target!,
        mask: mask!,
        weight: weight!,
        ...distanceNm && { distanceNm },
      };
      const { total, each } = mixLoss(
        terms,
        judged(logits, truth, targets),
        factors!,
      );
      losses = tf.keep(tf.stack([total, ...each]) as tf.Tensor1D);
      nextBuffers = tf.keep(
        kinds.buffers.length === 0 ? tf.clone(buffers) : tf.concat1d(
          kinds.buffers.map(({ name }) =>
            tf.reshape(updates.get(name)!, [-1]) as tf.Tensor1D
          ),
        ),
      );
      return total;
    }, [weights]);
    tf.dispose(value);
    const [lossesOut, buffersOut] = [losses!, nextBuffers!].map(release);

    const next = optimizer.update({
      weights,
      gradient: grads[0] as tf.Tensor1D,
      slots,
      learningRate: learningRate!,
      scalars,
    });
    return [next.weights, buffersOut!, ...next.slots, lossesOut!];
  };
}

/** What the losses judge, by level and head: logits with the truth on their grid. */
function judged(
  logits: readonly tf.Tensor5D[],
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
      if (level === 0) return { logits, ...truth };
      const gridVox = logits.shape.slice(1, 4) as unknown as Zyx;
      const { coarsening } = targets[head]!;
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
    const values = weave(network, {
      trained: cutTensor(weights as tf.Tensor1D, kinds.trained),
      buffers: cutTensor(buffers as tf.Tensor1D, kinds.buffers),
    });
    const { logits } = network.apply(values, image as tf.Tensor5D, {
      isTraining: false,
    });
    const [primary] = headsOf(logits[0]!);
    return [tf.sigmoid(slope === 1 ? primary! : tf.mul(primary!, slope))];
  };
}

/** Hands a tensor that was kept from one scope to the present one. */
function release(kept: tf.Tensor): tf.Tensor {
  const released = tf.clone(kept);
  kept.dispose();
  return released;
}

/** Cuts a long tensor into one for each weight. */
function cutTensor(
  whole: tf.Tensor1D,
  specs: readonly WeightSpec[],
): readonly tf.Tensor[] {
  if (specs.length === 0) return [];
  return tf.split(whole, specs.map(sizeOfWeight))
    .map((part, i) => tf.reshape(part, [...specs[i]!.shape]));
}

/** Puts trained weights and buffers into the network's order. */
function weave(
  network: Network,
  kinds: { trained: readonly tf.Tensor[]; buffers: readonly tf.Tensor[] },
): tf.Tensor[] {
  const [trained, buffers] = [kinds.trained.values(), kinds.buffers.values()];
  return network.weights.map((spec) =>
    (spec.isTrainable ? trained : buffers).next().value!
  );
}
