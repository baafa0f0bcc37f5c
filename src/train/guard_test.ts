import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { go, guardedInputs, guardedOutputs, guardStep } from "./guard.ts";
import { optimizers } from "./optimizer/mod.ts";
import { firstSnapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { stateForm } from "./step_form.ts";
import { uploadBatch, uploadScalars } from "./upload.ts";
import { termsOf, tinyBatch, tinyNetwork } from "./_testing.ts";

const optimizer = optimizers.create(
  optimizers.schema.parse({ type: "adam", learningRate: .01 }),
);
const parts = {
  network: tinyNetwork(),
  targets: [targets.create(targets.schema.parse({ type: "binary" }))],
  terms: termsOf({ type: "bce" }),
  optimizer,
  tellsNorm: true,
};
const { slotNames } = optimizer;
const snapshot = firstSnapshot(parts.network, { slotNames }, openRng(1));

/** A guarded step: whether it is kept, what state it gives, what it says. */
function step(
  given: {
    readonly may: number;
    readonly image?: number;
    readonly gathered?: number;
  },
) {
  return tf.tidy(() => {
    const batch = tinyBatch([0, 1]);
    if (given.image !== undefined) batch.image[5] = given.image;
    const numbers = { step: 1, totalSteps: 9, learningRate: .01 };
    const { gathered = 0 } = given;
    const outputs = guardedOutputs(parts).unpack(
      guardStep(parts)(
        guardedInputs(parts).pack({
          may: tf.scalar(given.may),
          gathered: tf.tensor1d([gathered]),
          buffers: tf.tensor1d(snapshot.buffers.map((value) => value + 7)),
          step: {
            state: TrainState.from(snapshot, slotNames),
            sum: null,
            batch: uploadBatch(batch, {
              factors: [1],
              seed: Int32Array.of(1, 2),
            }),
            scalars: uploadScalars(parts, numbers),
          },
        }),
      ),
    );
    const { state, may, told } = outputs;
    return {
      may: may.dataSync()[0],
      told: [...told.dataSync()],
      values: stateForm(parts).pack(state).map((x) => [...x.dataSync()]),
    };
  });
}

const before = [
  snapshot.weights,
  snapshot.buffers.map((value) => value + 7), // those before other batches
  ...slotNames.map((name) => snapshot.slots[name]!),
].map((values) => [...values]);

testOnEngines(
  "guardStep() lets a sound step change the state, and says so",
  () => {
    const { may, told, values } = step({ may: go.ifSound });
    deepStrictEqual(may, 1);
    deepStrictEqual(told.length, 1 + 2 + 1);
    deepStrictEqual(told[0], 1);
    deepStrictEqual(told.every(Number.isFinite), true);
    values.forEach((value, i) =>
      deepStrictEqual(value.length, before[i]!.length)
    );
    for (const i of before.keys()) {
      deepStrictEqual(
        JSON.stringify(values[i]) === JSON.stringify(before[i]),
        false,
      );
    }
  },
);

testOnEngines(
  "guardStep() leaves all as it was where the loss is no number",
  () => {
    const { may, told, values } = step({ may: go.ifSound, image: NaN });
    deepStrictEqual(may, 0);
    deepStrictEqual([told[0], told[1]], [0, NaN]);
    deepStrictEqual(values, before);
  },
);

testOnEngines("guardStep() minds the losses of the batches before", () => {
  const { may, values } = step({ may: go.ifSound, gathered: Infinity });
  deepStrictEqual(may, 0);
  deepStrictEqual(values, before);
});

testOnEngines(
  "guardStep() holds a sound step back after one that was not",
  () => {
    const { may, values } = step({ may: go.held });
    deepStrictEqual(may, 0);
    deepStrictEqual(values, before);
  },
);

testOnEngines("guardStep() does as it is told where it is forced", () => {
  const { may, told, values } = step({ may: go.always, image: NaN });
  deepStrictEqual([may, told[0]], [1, 1]);
  deepStrictEqual(values[0]!.some(Number.isNaN), true);
});
