import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import { assertSameBits, normalTensor, testOnEngines } from "@test/engines.ts";
import { layOut } from "./network.ts";
import { nets } from "./net/mod.ts";
import { drawWeight } from "./weights.ts";

const uNet = {
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

/** What each network is called, and its entry with and without. */
const networks = {
  "a network": (recompute: boolean) => ({ ...uNet, recompute }),
  "refine and its base": (recompute: boolean) => ({
    type: "refine",
    base: { ...uNet, recompute },
    filters: [4, 6],
    block: uNet.block,
    recompute,
  }),
};

/** Logits, next buffers and gradients of a training step. */
function stepOf(entry: { readonly type: string }) {
  const build = nets.create(nets.schema.parse(entry));
  const levels = entry.type === "refine" ? 1 : 0;
  const network = layOut(build({ heads: 1, levels }));
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
      return logits.map((one) => tf.mean(tf.square(one)) as tf.Scalar)
        .reduce((sum, one) => tf.add(sum, one));
    }, values.filter((_, i) => isTrained[i]));
    value.dispose();
    const copies = results.map((t) => tf.clone(t));
    tf.dispose(results);
    return [...copies, ...grads];
  };
  return { network, step };
}

for (const [name, entryOf] of Object.entries(networks)) {
  const what = `recomputed() changes no bit of ${name}, dropout and averages` +
    " included";
  testOnEngines(what, (engine) => {
    const kept = stepOf(entryOf(false)), again = stepOf(entryOf(true));
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
  });
}
