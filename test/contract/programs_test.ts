/**
 * What accelerators are asked to compute, as programs in StableHLO: every loss
 * and network against TensorFlow, and every step that ships written down.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients, type PureFunction } from "@/engine/mod.ts";
import { drawWeight, layOut, nets, type Network } from "@/model/mod.ts";
import { normalTensor } from "@test/engines.ts";
import { compareFunctions } from "@/engine/stablehlo/_function_testing.ts";
import { testAgainstTensorFlow } from "@/engine/stablehlo/_testing.ts";
import { differentiated, inOrder, makeInput, variants } from "./losses.ts";

testAgainstTensorFlow(
  "every loss and its gradient are TensorFlow's",
  (client) =>
    compareFunctions(client, () =>
      variants.map(({ title, loss }) => ({
        name: title,
        f: differentiated(loss),
        inputs: tf.tidy(() => inOrder(makeInput(loss))),
      }))),
);

/** Small members of each kind of network, with the shape of a batch. */
const small: readonly (readonly [Record<string, unknown>, number[]])[] = [
  [{ type: "resUnet", filters: [2, 3, 4], anisotropicLevels: 1 }, [2, 8, 8]],
  [{
    type: "denseUnet",
    filters: [2, 3, 4],
    anisotropicLevels: 1,
    block: { type: "dense", convolutions: 2, growth: 2 },
  }, [2, 8, 8]],
  [{
    type: "refine",
    base: { type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
    filters: [3],
  }, [2, 8, 8]],
  [{ type: "dLinkNet", encoder: "resnet18", width: 2, headChannels: 2 }, [
    2,
    64,
    64,
  ]],
];

testAgainstTensorFlow(
  "every network in training is TensorFlow's",
  (client) =>
    compareFunctions(client, () =>
      small.map(([entry, patchVox]) => {
        const network = networkOf(entry);
        return {
          name: `${entry.type}`,
          f: trainedPass(network),
          inputs: inputsOf(network, patchVox),
          tolerance: 1e-3, // some channels of tiny networks hardly vary
        };
      })),
);

/** Without kinks, which one last bit can be on either side of. */
const smooth = {
  type: "resUnet",
  filters: [2, 3, 4],
  anisotropicLevels: 1,
  activation: "swish",
  pooling: "average",
};

testAgainstTensorFlow(
  "the gradient of a network is TensorFlow's",
  (client) => {
    const network = networkOf(smooth);
    return compareFunctions(client, () => [{
      name: "resUnet",
      f: gradientOf(network),
      inputs: inputsOf(network, [4, 16, 16]),
      tolerance: 1e-3,
    }]);
  },
);

/** Logits and next buffers, of what {@linkcode inputsOf} gives. */
function trainedPass(network: Network): PureFunction {
  return ([image, seed, ...values]) => {
    const { logits, updates } = network.apply(values, image as tf.Tensor5D, {
      isTraining: true,
      seed: seed as tf.Tensor1D,
    });
    return [...logits, ...updates.values()];
  };
}

/** How the logits, weighted by fixed numbers, change with each weight. */
function gradientOf(network: Network): PureFunction {
  const isTrained = network.weights.map((w) => w.isTrainable);
  return ([image, seed, ...values]) =>
    gradients((trained) => {
      const queue = trained.values();
      const all = values.map((v, i) => isTrained[i] ? queue.next().value! : v);
      const [logits] = trainedPass(network)([image!, seed!, ...all]);
      const pull = normalTensor(logits!.shape, 3);
      return tf.sum(tf.mul(logits!, pull)) as tf.Scalar;
    }, values.filter((_, i) => isTrained[i])).grads;
}

function networkOf(entry: Record<string, unknown>): Network {
  const levels = entry.type === "refine" ? 1 : 0;
  return layOut(nets.create(nets.schema.parse(entry))({ heads: 1, levels }));
}

/** An image, a seed, and first values of the weights. */
function inputsOf(network: Network, patchVox: readonly number[]): tf.Tensor[] {
  const rng = openRng(1);
  return tf.tidy(() => [
    normalTensor([2, ...patchVox, 1] as tf.ShapeMap["R5"]),
    tf.tensor1d([3, 4], "int32"),
    ...network.weights.map((spec) =>
      tf.tensor(drawWeight(spec, rng), [...spec.shape])
    ),
  ]);
}
