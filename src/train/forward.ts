import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "@/data/mod.ts";
import type { PureFunction } from "@/engine/mod.ts";
import type { Network } from "@/model/mod.ts";
import { headsOf } from "./batch_loss.ts";
import { weightsOf } from "./snapshot.ts";
import { cutTensor, weave } from "./_weave.ts";

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
