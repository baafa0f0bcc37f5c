import * as tf from "@tensorflow/tfjs-core";
import { gradients, type PureFunction } from "@/engine/mod.ts";
import { type LossTerm, mixLoss } from "@/loss/mod.ts";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";
import type { Optimizer } from "./optimizer/mod.ts";
import { weightsOf } from "./snapshot.ts";

/** What a training step is made of. */
export interface StepParts {
  /** The network. */
  readonly network: Network;
  /** The terms of the loss. */
  readonly terms: readonly LossTerm[];
  /** How the weights follow the gradient. */
  readonly optimizer: Optimizer;
}

/**
 * The training step as a pure function, so that an engine can compile it.
 *
 * In: weights `[P]`, buffers `[B]`, each slot `[P]`; image, target, mask and
 * weight `[N, D, H, W, 1]`; learning rate and the optimizer's scalars `[]`.
 * Out: weights, buffers, each slot; the losses `[1 + terms]`, total first.
 */
export function trainStep(
  { network, terms, optimizer }: StepParts,
): PureFunction {
  const kinds = weightsOf(network);
  const slotCount = optimizer.slotNames.length;
  return (inputs) => {
    const [weights, buffers] = inputs as [tf.Tensor1D, tf.Tensor1D];
    const slots = inputs.slice(2, 2 + slotCount) as tf.Tensor1D[];
    const [image, target, mask, weight] = inputs
      .slice(2 + slotCount, 6 + slotCount) as tf.Tensor5D[];
    const [learningRate, ...scalars] = inputs.slice(
      6 + slotCount,
    ) as tf.Scalar[];

    let losses: tf.Tensor1D, nextBuffers: tf.Tensor1D;
    const { value, grads } = gradients(([w]) => {
      const values = weave(network, {
        trained: cutTensor(w as tf.Tensor1D, kinds.trained),
        buffers: cutTensor(buffers, kinds.buffers),
      });
      const { logits, updates } = network.apply(values, image!, {
        isTraining: true,
      });
      const { total, each } = mixLoss(terms, {
        logits,
        target: target!,
        mask: mask!,
        weight: weight!,
      });
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

/**
 * The forward pass as a pure function. In: weights `[P]`, buffers `[B]`, image
 * `[N, D, H, W, 1]`. Out: cleft probability of the image's shape.
 */
export function forwardPass(network: Network): PureFunction {
  const kinds = weightsOf(network);
  return ([weights, buffers, image]) => {
    const values = weave(network, {
      trained: cutTensor(weights as tf.Tensor1D, kinds.trained),
      buffers: cutTensor(buffers as tf.Tensor1D, kinds.buffers),
    });
    const { logits } = network.apply(values, image as tf.Tensor5D, {
      isTraining: false,
    });
    return [tf.sigmoid(logits)];
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
