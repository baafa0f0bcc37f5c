import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { canonicalJson, channelsOfAll, openRng } from "@/core/mod.ts";
import { gradients, isNativeReady } from "@/engine/mod.ts";
import { targetsOf } from "@/experiment/plan/mod.ts";
import { drawWeight, layOut, type NetOutputs, nets } from "@/model/mod.ts";
import { engineForTests, normalTensor } from "@test/engines.ts";
import { shippedExperiments } from "@test/experiments.ts";
import { patchFor } from "@test/patches.ts";

/** A network as it ships. */
interface Shipped {
  readonly name: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly outputs: NetOutputs;
}

const shipped = [...presets(), ...experiments()]
  .map((one) => ({ ...one, entry: narrowed(one.entry) }));
const distinct = new Map(shipped.map((one) => [
  canonicalJson([one.entry, one.outputs]),
  one,
]));

for (const { name, entry, outputs } of distinct.values()) {
  const what = `every weight of the network of ${name} gets a gradient`;
  const isReady = isNativeReady();
  Deno.test({
    name: isReady ? what : `${what} (skipped: it takes the native engine)`,
    ignore: !isReady,
    async fn() {
      await engineForTests("tensorflow");
      const without = tf.tidy(() => weightsWithoutGradient(entry, outputs));
      // A bias before a normalisation of the batch is taken out again by it.
      const wrong = without.filter((weight) => !weight.endsWith("conv0/bias"));
      ok(wrong.length === 0, `no gradient reaches ${wrong.join(", ")}`);
    },
  });
}

function weightsWithoutGradient(
  entry: Shipped["entry"],
  outputs: NetOutputs,
): string[] {
  const net = nets.create(nets.schema.parse(entry))(outputs);
  const network = layOut(net);
  const rng = openRng(1);
  const values = network.weights.map((spec) =>
    tf.tensor(drawWeight(spec, rng), [...spec.shape])
  );
  const trained = network.weights.flatMap((w, i) => w.isTrainable ? [i] : []);
  const image = normalTensor<tf.Rank.R5>([2, ...patchFor(net), 1]);
  const { grads } = gradients((inputs) => {
    const all = [...values];
    inputs.forEach((input, i) => all[trained[i]!] = input);
    const { logits } = network.apply(all, image, {
      isTraining: true,
      seed: tf.tensor1d([3, 4], "int32"),
    });
    return tf.addN(
      logits.map((level, i) =>
        tf.sum(tf.mul(level, normalTensor(level.shape, 2 + i)))
      ),
    ) as tf.Scalar;
  }, trained.map((i) => values[i]!));
  return grads.flatMap((gradient, i) =>
    tf.max(tf.abs(gradient)).dataSync()[0]! > 0
      ? []
      : [network.weights[trained[i]!]!.name]
  );
}

/** Every network of the catalog by default and as in each of its presets. */
function presets(): Shipped[] {
  return nets.components.flatMap(({ name, presets = {} }) =>
    [undefined, ...Object.keys(presets)].map((preset) => ({
      name: preset ? `${name}, preset ${preset}` : name,
      entry: { type: name, ...(preset && { preset }) },
      outputs: { heads: 1, levels: name === "refine" ? 1 : 0 },
    }))
  );
}

/** The network of every experiment, all variants of a matrix included. */
function experiments(): Shipped[] {
  return shippedExperiments().map(({ name, spec }) => ({
    name: `experiments/${name}`,
    entry: spec.model,
    outputs: {
      heads: channelsOfAll(targetsOf(spec)),
      levels: spec.loss.levels.length,
    },
  }));
}

/** A network with a quarter of its channels, so many that groups keep several. */
function narrowed(entry: Shipped["entry"]): Shipped["entry"] {
  const parsed: Shipped["entry"] = nets.schema.parse(entry);
  const sizes = JSON.stringify(parsed).matchAll(/"(?:groups|ratio)":(\d+)/g);
  const unit = 2 * Math.max(1, ...[...sizes].map(([, size]) => Number(size)));
  const fewer = (channels: number) => unit * Math.ceil(channels / 4 / unit);
  return JSON.parse(
    JSON.stringify(
      parsed,
      (key, value) =>
        key === "filters"
          ? value.map(fewer)
          : key === "width" || key === "headChannels"
          ? fewer(value)
          : value,
    ),
  );
}
