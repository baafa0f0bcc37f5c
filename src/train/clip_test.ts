import * as tf from "@tensorflow/tfjs-core";
import { deepStrictEqual } from "node:assert";
import { assertTensor, testOnEngines, testOpOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { trainTiny } from "./_testing.ts";
import { clipGradient } from "./clip.ts";
import { optimizers } from "./optimizer/mod.ts";

testOpOnEngines(
  "clipGradient() keeps the direction of a gradient too long",
  () => {
    const gradient = tf.tensor1d([3, -4]);
    assertTensor(clipGradient(gradient, { norm: 1 }), [2], [.6, -.8]);
    assertTensor(clipGradient(gradient, { norm: 6 }), [2], [3, -4], 0);
    assertTensor(clipGradient(tf.zeros([2]), { norm: 1 }), [2], [0, 0], 0);
  },
);

testOpOnEngines("clipGradient() cuts numbers first, then the length", () => {
  const gradient = tf.tensor1d([3, -4, .5]);
  assertTensor(clipGradient(gradient, { value: 1 }), [3], [1, -1, .5], 0);
  assertTensor(
    clipGradient(gradient, { value: 1, norm: .75 }),
    [3],
    [.5, -.5, .25],
  );
});

testOnEngines(
  "a clipped step is as long as its bound, and tells the length before",
  async (engine) => {
    const sgd = optimizers.create(
      optimizers.schema.parse({ type: "sgd", momentum: 0, learningRate: 1 }),
    );
    const stepWith = async (clip?: { norm: number }) => {
      const { dues, events } = await trainTiny(engine, {
        steps: 2,
        optimizer: sgd,
        ...clip && { clip },
      });
      const [before, after] = dues;
      const way = before!.weights.map((w, i) => w - after!.weights[i]!);
      return { length: Math.hypot(...way), events };
    };
    const { events } = await stepWith();
    deepStrictEqual(events.map((e) => e.gradientNorm), [null, null]);
    const clipped = await stepWith({ norm: .01 });
    assertAlmostEquals(clipped.length, .01, 1e-5);
    const loose = await stepWith({ norm: 1e3 });
    assertAlmostEquals(loose.length, loose.events[1]!.gradientNorm!, 1e-5);
  },
);
