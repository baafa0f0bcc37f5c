import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import { assertSameBits, normalTensor, testOnEngines } from "@test/engines.ts";
import { layOut } from "./network.ts";
import { nets } from "./net/mod.ts";
import { drawWeight } from "./weights.ts";

const entry = {
  type: "resUnet",
  filters: [4, 6, 8],
  anisotropicLevels: 1,
  block: {
    type: "dilated",
    chains: [[1], [1, 2]],
    excite: { type: "channel", ratio: 2 },
    dropout: { rate: 0.3 },
  },
};

/** Logits, next buffers and gradients of a training step. */
function stepOf(recompute: boolean) {
  const build = nets.create(nets.schema.parse({ ...entry, recompute }));
  const network = layOut(build({ heads: 1, levels: 0 }));
  const isTrained = network.weights.map((w) => w.isTrainable);
  const step = ([image, seed, ...values]: readonly tf.Tensor[]) => {
    let results: tf.Tensor[] = [];
    const { value, grads } = gradients((weights) => {
      const queue = weights.values();
      const all = values.map((v, i) => isTrained[i] ? queue.next().value! : v);
      const { logits, updates } = network.apply(all, image as tf.Tensor5D, {
        isTraining: true,
        seed: seed as tf.Tensor1D,
      });
      results = [...logits, ...updates.values()].map((t) =>
        tf.keep(tf.clone(t))
      );
      return tf.mean(tf.square(logits[0]!)) as tf.Scalar;
    }, values.filter((_, i) => isTrained[i]));
    value.dispose();
    const copies = results.map((t) => tf.clone(t));
    tf.dispose(results);
    return [...copies, ...grads];
  };
  return { network, step };
}

testOnEngines(
  "recomputed() changes no bit, dropout and averages included",
  (engine) => {
    const kept = stepOf(false), again = stepOf(true);
    const rng = openRng(1);
    const inputs = [
      normalTensor<tf.Rank.R5>([1, 2, 8, 8, 1]),
      tf.tensor1d([3, 4], "int32"),
      ...kept.network.weights.map((spec) =>
        tf.tensor(drawWeight(spec, rng), [...spec.shape])
      ),
    ];
    using first = engine.compile("kept", kept.step);
    using second = engine.compile("again", again.step);
    const a = first(inputs), b = second(inputs);
    assertSameBits(a, b);
    tf.dispose([...inputs, ...a, ...b]);
  },
);
