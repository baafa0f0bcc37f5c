import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { layOut, nets, type Network } from "@/model/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { forwardPass } from "./forward.ts";
import { firstSnapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";

const one = { heads: 1, levels: 0 };
const binary = targets.create(targets.schema.parse({ type: "binary" }));

testOnEngines(
  "forwardPass() equals training's pass once the averages are the batch's",
  async (engine) => {
    // momentum 1: the averages are those of the last batch, up to n / (n - 1)
    const net = layOut(
      nets.create(nets.schema.parse({
        type: "resUnet",
        filters: [3, 4],
        anisotropicLevels: 1,
        norm: { type: "batch", momentum: 1 },
      }))(one),
    );
    const snapshot = firstSnapshot(net, { slotNames: [] }, openRng(2));
    using state = TrainState.from(snapshot, []);
    const stream = openRng(4);
    const image = tf.tensor5d(
      Float32Array.from({ length: 4096 }, () => stream.normal()),
      [1, 4, 32, 32, 1],
    );
    const trained = tf.tidy(() => {
      const all = net.weights.map((spec) =>
        tf.tensor(snapshotPart(net, snapshot, spec.name), [...spec.shape])
      );
      const { logits, updates } = net.apply(all, image, { isTraining: true });
      const buffers = net.weights.filter((w) => !w.isTrainable)
        .map(({ name }) => tf.reshape(updates.get(name)!, [-1]) as tf.Tensor1D);
      return [tf.sigmoid(logits[0]!), tf.concat1d(buffers)];
    });
    using forward = engine.compile(
      "forward",
      forwardPass(net, { targets: [binary] }),
    );
    const [folded] = forward([state.weights, trained[1]!, image]);
    const [a, b] = [await trained[0]!.data(), await folded!.data()];
    a.forEach((value, i) => {
      if (Math.abs(value - b[i]!) > 5e-3) {
        throw new Error(`${value} and ${b[i]}`);
      }
    });
    tf.dispose([image, ...trained, folded!]);
  },
);

testOnEngines(
  "forwardPass() reads the primary head on the finest level as its target says",
  (engine) => {
    const net = layOut(
      nets.create(nets.schema.parse({
        type: "resUnet",
        filters: [3, 4, 4],
        anisotropicLevels: 1,
        norm: { type: "none" },
      }))({ heads: 2, levels: 1 }),
    );
    const { weights } = firstSnapshot(net, { slotNames: [] }, openRng(5));
    for (const type of ["binary", "signedDistance"]) {
      const target = targets.create(targets.schema.parse({ type }));
      using forward = engine.compile(
        "forward",
        forwardPass(net, { targets: [target, binary] }),
      );
      tf.tidy(() => {
        const image = tf.randomNormal<tf.Rank.R5>(
          [2, 2, 8, 8, 1],
          0,
          1,
          "float32",
          3,
        );
        const all = net.weights.map((spec) =>
          tf.tensor(
            snapshotPart(
              net,
              firstSnapshot(net, { slotNames: [] }, openRng(5)),
              spec.name,
            ),
            [...spec.shape],
          )
        );
        const { logits } = net.apply(all, image, { isTraining: false });
        const first = logits[0]!.dataSync().filter((_, i) => i % 2 === 0);
        const [p] = forward([tf.tensor1d(weights), tf.tensor1d([]), image]);
        deepStrictEqual(p!.shape, image.shape);
        p!.dataSync().forEach((value, i) => {
          const expected = type === "binary"
            ? 1 / (1 + Math.exp(-first[i]!))
            : (Math.tanh(first[i]!) + 1) / 2;
          if (!(Math.abs(value - expected) < 1e-5)) {
            throw new Error(`${type}: ${value} is not ${expected}`);
          }
        });
      });
    }
  },
);

function snapshotPart(
  net: Network,
  snapshot: ReturnType<typeof firstSnapshot>,
  name: string,
): Float32Array {
  const index = net.weights.findIndex((w) => w.name === name);
  const spec = net.weights[index]!;
  const size = (w: typeof spec) => w.shape.reduce((p, n) => p * n, 1);
  const before = net.weights.slice(0, index)
    .filter((w) => w.isTrainable === spec.isTrainable)
    .reduce((sum, w) => sum + size(w), 0);
  const whole = spec.isTrainable ? snapshot.weights : snapshot.buffers;
  return whole.slice(before, before + size(spec));
}
