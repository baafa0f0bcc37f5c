import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import { drawWeight, layOut, nets } from "@/model/mod.ts";
import { normalTensor, testOnEngines } from "@test/engines.ts";

/** A small member of each kind, so that tests stay quick. */
const small: Record<string, Record<string, unknown>> = {
  resUnet: { filters: [2, 3, 4], anisotropicLevels: 1 },
};

for (const { name } of nets.components) {
  const entry = nets.schema.parse({ type: name, ...small[name] });
  const network = layOut(nets.create(entry));
  const draw = () => {
    const rng = openRng(1);
    return network.weights.map((spec) =>
      tf.tensor(drawWeight(spec, rng), [...spec.shape])
    );
  };

  testOnEngines(
    `${name}() maps an image to logits of its shape`,
    () =>
      tf.tidy(() => {
        const image = normalTensor<tf.Rank.R5>([2, 2, 8, 8, 1]);
        for (const isTraining of [true, false]) {
          const { logits } = network.apply(draw(), image, { isTraining });
          deepStrictEqual(logits.shape, image.shape);
        }
      }),
  );

  testOnEngines(
    `${name}() has a gradient for every trained weight`,
    () =>
      tf.tidy(() => {
        const image = normalTensor<tf.Rank.R5>([2, 2, 8, 8, 1]);
        const pull = normalTensor<tf.Rank.R5>([2, 2, 8, 8, 1], 2);
        const values = draw();
        const trained = network.weights.flatMap((w, i) =>
          w.isTrainable ? [i] : []
        );
        const { grads } = gradients((inputs) => {
          const all = [...values];
          inputs.forEach((input, i) => all[trained[i]!] = input);
          const { logits } = network.apply(all, image, { isTraining: true });
          return tf.sum(tf.mul(logits, pull)) as tf.Scalar;
        }, trained.map((i) => values[i]!));
        grads.forEach((gradient, i) => {
          if (tf.max(tf.abs(gradient)).dataSync()[0]! > 0) return;
          const { name } = network.weights[trained[i]!]!;
          throw new Error(`no gradient reaches ${name}`);
        });
      }),
  );
}
