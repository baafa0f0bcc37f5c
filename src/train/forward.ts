import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "@/data/mod.ts";
import type { PureFunction } from "@/engine/mod.ts";
import type { Network } from "@/model/mod.ts";
import { saidBy } from "./batch_loss.ts";
import { weightsOf } from "./snapshot.ts";
import { cutTensor, weave } from "./_weave.ts";

/** What of a network's heads is read, and how. */
export interface ReadHeads {
  /** What each head learns, the primary one first. */
  readonly targets: readonly Pick<Target, "slope" | "quantity">[];
  /** Which of them, in this order; the primary one alone by default. */
  readonly heads?: readonly number[];
}

/** Keeps the length of a vector of none away from 0. */
const tiny = 1e-12;

/**
 * The forward pass as a pure function. In: weights `[P]`, buffers `[B]`, image
 * `[N, D, H, W, 1]`. Out: what each head says on the finest level, as its
 * target reads it: a probability of the image's shape, or vectors of length 1,
 * `[N, D, H, W, 3]`.
 */
export function forwardPass(
  network: Network,
  { targets, heads = [0] }: ReadHeads,
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
    const said = saidBy(targets, logits[0]!);
    return heads.map((head) => readAs(targets[head]!, said[head]!));
  };
}

function readAs(
  { slope, quantity }: Pick<Target, "slope" | "quantity">,
  said: tf.Tensor,
): tf.Tensor {
  if (quantity === "vector") {
    const square = tf.sum(tf.square(said), 4, true);
    return tf.div(said, tf.sqrt(tf.add(square, tiny)));
  }
  return tf.sigmoid(slope === 1 ? said : tf.mul(said, slope));
}
