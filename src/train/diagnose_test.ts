import * as tf from "@tensorflow/tfjs-core";
import { deepStrictEqual, match, rejects } from "node:assert";
import { type Batch, openRng } from "@/core/mod.ts";
import type { LossTerm } from "@/loss/mod.ts";
import type { Network } from "@/model/mod.ts";
import { engineNames } from "@/engine/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { termsOf, tinyBatches, tinyNetwork, trainTiny } from "./_testing.ts";
import { optimizers } from "./optimizer/mod.ts";
import { cutArray, firstSnapshot, weightsOf } from "./snapshot.ts";
import type { OnNan } from "./due.ts";

const sgd = (learningRate: number) =>
  optimizers.create(
    optimizers.schema.parse({ type: "sgd", momentum: 0, learningRate }),
  );

/** Batches of two with something done to that of one step. */
function spoilt(at: number, spoil: (batch: Batch) => void) {
  const sound = tinyBatches(2);
  let step = 0;
  return {
    async next() {
      const next = await sound.next();
      if (++step === at) spoil(next.batch);
      return next;
    },
  };
}

/** A term of the loss that asks for logits alone. */
function withLoss(
  name: string,
  loss: (logits: tf.Tensor5D) => tf.Scalar,
): LossTerm {
  const [term] = termsOf({ type: "bce" });
  return { ...term!, name, loss: ({ logits }) => loss(logits) };
}

/** First weights, those of one name as large as they can be. */
function huge(network: Network, name: string) {
  const first = firstSnapshot(network, { slotNames: ["velocity"] }, openRng(1));
  const weights = first.weights.slice();
  const { trained } = weightsOf(network);
  cutArray(weights, trained)[trained.findIndex((spec) => spec.name === name)]!
    .fill(3e38);
  return { ...first, weights };
}

testOnEngines(
  "a NaN among the grey values is said to be one, with its sample and voxel",
  async (engine) => {
    const batches = () =>
      spoilt(3, ({ image }) => image[128 + 64 + 2 * 8 + 5] = NaN);
    await rejects(trainTiny(engine, { steps: 5, batches: batches() }), {
      message: "Cannot go on after step 3: the loss is NaN, which begins with" +
        " the image of sample 5, NaN at voxel 1, 2, 5",
      fix: /--sample 5/,
    });
    // the second batch of the second step
    await rejects(
      trainTiny(engine, {
        steps: 5,
        batches: spoilt(4, ({ target }) => target[3] = -Infinity),
        accumulate: 2,
      }),
      {
        message:
          /^Cannot go on after step 2: the loss is (NaN|-?Infinity), which begins with the target of sample 6, -Infinity at voxel 0, 0, 3$/,
      },
    );
  },
  { engines: engineNames },
);

testOnEngines(
  "an overflow is found in the first layer that has it",
  async (engine) => {
    const network = tinyNetwork({ norm: { type: "none" } });
    for (const layer of ["encoder0/conv1", "encoder1/conv0", "up0", "head"]) {
      const start = huge(network, `${layer}/kernel`);
      const run = () =>
        trainTiny(engine, { steps: 2, network, start, optimizer: sgd(.1) });
      await rejects(run(), {
        message: new RegExp(
          `^Cannot go on after step 1: the loss is \\S+, which begins with the output of layer "${layer}"$`,
        ),
        fix: /^Lower optimizer\.learningRate/,
      });
    }
  },
  { engines: engineNames },
);

testOnEngines(
  "a term that is NaN where the network is sound is found by its name",
  async (engine) => {
    const broken = withLoss(
      "dice",
      (logits) => tf.sqrt(tf.sub(-1, tf.sum(tf.square(logits)))),
    );
    const terms = [...termsOf({ type: "bce" }), broken];
    await rejects(trainTiny(engine, { steps: 2, terms }), {
      message: "Cannot go on after step 1: the loss is NaN, which begins with" +
        ' the loss\'s term "dice"',
    });
  },
  { engines: engineNames },
);

testOnEngines(
  "a gradient that is none though the loss is sound is found in its step if it is measured, else in the weights after it",
  async (engine) => {
    // √0 has no slope
    const edge = withLoss(
      "edge",
      (logits) => tf.sqrt(tf.sum(tf.square(tf.mul(logits, 0)))),
    );
    const terms = [...termsOf({ type: "bce" }), edge];
    await rejects(trainTiny(engine, { steps: 3, terms }), {
      message: "Cannot go on after step 2: the loss is NaN, which begins with" +
        ' the weights "head/kernel" after step 1',
    });
    const inStep =
      'the gradient is not finite, which begins with the gradient of "head/kernel"';
    await rejects(trainTiny(engine, { steps: 3, terms, clip: { norm: 1 } }), {
      message: `Cannot go on after step 1: ${inStep}`,
    });
    const { events, snapshot, dues } = await trainTiny(engine, {
      steps: 2,
      terms,
      plan: { onNan: "skip" },
    });
    deepStrictEqual(
      events.map(({ fault, isSkipped }) => [fault, isSkipped]),
      [[inStep, true], [null, true]],
    );
    deepStrictEqual(snapshot.weights, dues[0]!.weights);
  },
  { engines: engineNames },
);

testOnEngines("skip and continue say it once in a row", async (engine) => {
  const run = (onNan: OnNan) => {
    let step = 0;
    const batches = tinyBatches(2);
    return trainTiny(engine, {
      steps: 7,
      plan: { onNan },
      batches: {
        async next() {
          const next = await batches.next();
          if ([2, 3, 6].includes(++step)) next.batch.image[0] = NaN;
          return next;
        },
      },
    });
  };
  const skipped = await run("skip");
  const faults = skipped.events.map(({ fault }) => fault);
  deepStrictEqual(faults.map((fault) => fault !== null), [
    ...[false, true, false, false, false, true, false],
  ]);
  match(faults[1]!, /sample 2, NaN at voxel 0, 0, 0$/);
  match(faults[5]!, /sample 10, NaN at voxel 0, 0, 0$/);
  deepStrictEqual(
    skipped.events.map(({ isSkipped }) => isSkipped),
    [false, true, true, false, false, true, false],
  );
  deepStrictEqual(skipped.dues[2], { ...skipped.dues[0], step: 3 });
  const continued = await run("continue");
  deepStrictEqual(
    continued.events.map(({ fault }) => fault !== null),
    [false, true, false, false, false, false, false],
  );
});
