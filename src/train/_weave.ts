import * as tf from "@tensorflow/tfjs-core";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";

/** Cuts a long tensor into one for each weight. */
export function cutTensor(
  whole: tf.Tensor1D,
  specs: readonly WeightSpec[],
): readonly tf.Tensor[] {
  if (specs.length === 0) return [];
  return tf.split(whole, specs.map(sizeOfWeight))
    .map((part, i) => tf.reshape(part, [...specs[i]!.shape]));
}

/** Lays tensors end to end; at least one. */
export function joinTensors(parts: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(
    parts.map((part) => tf.reshape(part, [-1]) as tf.Tensor1D),
  );
}

/** Puts trained weights and buffers into the network's order. */
export function weave(
  network: Network,
  { trained, buffers }: {
    readonly trained: readonly tf.Tensor[];
    readonly buffers: readonly tf.Tensor[];
  },
): readonly tf.Tensor[] {
  const [ofTrained, ofBuffers] = [trained.values(), buffers.values()];
  return network.weights.map((spec) =>
    (spec.isTrainable ? ofTrained : ofBuffers).next().value!
  );
}
