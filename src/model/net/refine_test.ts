import { deepStrictEqual, match, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { ExperimentError, openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import { enginesAtOnce, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { describeNetwork, layOut } from "../network.ts";
import { drawWeight } from "../weights.ts";
import { nets } from "./mod.ts";

function builderOf(options: Record<string, unknown>) {
  return nets.create(nets.schema.parse({ type: "refine", ...options }));
}

Deno.test("refine() has three blocks and a head on the features of N1", () => {
  const net = builderOf({})({ heads: 1, levels: 1 });
  const unit = (inputs: number, f: number) => 9 * inputs * f + 2 * f;
  assertEquals(
    describeNetwork(net, [2, 16, 16]).parameters,
    5_940_801 +
      unit(32, 32) + unit(32, 32) +
      unit(32, 64) + unit(64, 64) +
      unit(64, 64) + unit(64, 64) +
      9 * 64 + 1,
  );
});

Deno.test("refine() says which features and which answer it takes", () => {
  for (const base of ["resUnet", "dLinkNet", "denseUnet"]) {
    const net = builderOf({ base: { type: base } })({ heads: 2, levels: 1 });
    const { stages } = describeNetwork(net, [2, 32, 32]);
    const from = new Map(stages.map((stop) => [stop.name, stop.from]));
    deepStrictEqual(from.get("refine0"), from.get("base/head"));
    deepStrictEqual(from.get("head"), ["refine2", "base/head"]);
    for (const name of [...from.values()].flat()) {
      assertEquals(name === "image" || from.has(name), true, name);
    }
  }
});

Deno.test("refine() asks for a weight of its first answer", () => {
  throws(() => builderOf({})({ heads: 1, levels: 0 }), (error) => {
    match(`${error}`, /Cannot refine an answer that nothing supervises/);
    match(`${error}`, /loss\.levels/);
    match(`${error}`, /such as levels: \[1\]/);
    return error instanceof ExperimentError;
  });
});

Deno.test("refine() is not built on itself", () => {
  throws(() => builderOf({ base: { type: "refine" } }));
});

const small = {
  base: {
    type: "resUnet",
    filters: [3, 4],
    anisotropicLevels: 1,
    norm: { type: "none" },
  },
  filters: [4],
  norm: { type: "none" },
};

/** A small network, the same in training and at rest, with its first weights. */
function runnable(options: Record<string, unknown>) {
  const network = layOut(
    builderOf({ ...small, ...options })({ heads: 2, levels: 1 }),
  );
  const rng = openRng(3);
  const values = network.weights.map((spec) =>
    tf.tensor(drawWeight(spec, rng), [...spec.shape])
  );
  return { network, values };
}

testOpOnEngines(
  "refine() at rest keeps the first answer beyond its region",
  () => {
    const { network, values } = runnable({
      threshold: 0.9,
      reachVox: [0, 1, 1],
    });
    const image = normalTensor<tf.Rank.R5>([2, 2, 16, 16, 1]);
    const training = network.apply(values, image, { isTraining: true });
    const resting = network.apply(values, image, { isTraining: false });
    const region = training.region!.dataSync();
    deepStrictEqual(resting.region!.dataSync(), region);
    const [second, first, rest] = [...training.logits, resting.logits[0]!]
      .map((logits) => logits.dataSync());
    const inside = region.filter((one) => one === 1).length;
    assertEquals(inside > 0 && inside < region.length, true, "both occur");
    rest!.forEach((logit, i) => {
      const asked = region[i >> 1]; // two heads
      assertEquals(logit, (asked ? second! : first!)[i]!, `logit ${i}`);
    });
  },
  { engines: enginesAtOnce },
);

testOpOnEngines(
  "refine() has a region around what the first answer finds",
  () => {
    const { network, values } = runnable({
      threshold: 0.6,
      reachVox: [0, 0, 0],
    });
    const image = normalTensor<tf.Rank.R5>([1, 2, 8, 8, 1]);
    const { region, logits } = network.apply(values, image, {
      isTraining: true,
    });
    const first = logits[1]!.dataSync();
    region!.dataSync().forEach((one, i) => {
      const probability = 1 / (1 + Math.exp(-first[2 * i]!)); // the primary head
      assertEquals(one, +(probability > 0.6));
    });
  },
  { engines: enginesAtOnce },
);

testOpOnEngines("refine() has a region without a gradient", () => {
  const { network, values } = runnable({});
  const image = normalTensor<tf.Rank.R5>([1, 2, 8, 8, 1]);
  const { grads } = gradients((values) => {
    const { logits, region } = network.apply(values, image, {
      isTraining: true,
    });
    return tf.sum(tf.mul(logits[0]!, region!)) as tf.Scalar;
  }, values);
  network.weights.forEach(({ name }, i) => {
    const size = tf.max(tf.abs(grads[i]!)).dataSync()[0]!;
    assertEquals(size > 0, !name.startsWith("base/head"), name);
  });
}, { engines: enginesAtOnce });
