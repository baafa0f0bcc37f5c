import { deepStrictEqual, ok } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { sha256Hex } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { type Engine, openEngine, type Precision } from "@/engine/mod.ts";
import { lossTerms } from "@/loss/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import {
  optimizers,
  placesOf,
  stepInputs,
  stepOutputs,
  TrainState,
  trainStep,
} from "@/train/mod.ts";
import { equalBatch, equalSnapshot } from "@test/bench/equal.ts";
import { testWithCard } from "./_card.ts";

const STEPS = 20;

/** What a training came to. */
interface Course {
  readonly losses: readonly number[];
  readonly weightsSha256: string;
}

const network = layOut(
  nets.create(
    nets.schema.parse({
      type: "resUnet",
      filters: [4, 6, 8],
      anisotropicLevels: 1,
      activation: "elu", // smooth: no kink that rounding could cross
    }),
  )({ heads: 1, levels: 0 }),
);
const optimizer = optimizers.create(
  optimizers.schema.parse({ type: "adam", learningRate: 0.003 }),
);
const terms = lossTerms({
  terms: [
    { type: "bce", over: "batch", useWeights: true, weight: 1 },
    { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
  ],
});
const target = targets.create(targets.schema.parse({ type: "binary" }));
const parts = { network, targets: [target], terms, optimizer };
const step = trainStep(parts);
const inputs = stepInputs(parts), outputs = stepOutputs(parts);
const takes = placesOf(inputs, "state");

/** Trains from equal weights on equal data. */
async function train(
  engine: Engine,
  run = engine.compile("step", step, { takes }),
): Promise<Course> {
  engine.use();
  const { slotNames } = optimizer;
  let state = TrainState.from(equalSnapshot(network, slotNames), slotNames);
  const { image, target } = equalBatch([1, 4, 24, 24]);
  const ones = tf.onesLike(image),
    weight = tf.tidy(() => tf.add<tf.Tensor5D>(tf.mul(target, 48), 1));
  const batch = {
    samples: { image, target, mask: ones, weight, distanceNm: null },
    factors: tf.ones<tf.Rank.R1>([terms.length]),
    seed: tf.tensor1d([1, 2], "int32"),
  };
  const losses: number[] = [];
  for (let i = 1; i <= STEPS; i++) {
    const scalars = {
      learningRate: tf.scalar(0.003),
      ofOptimizer: optimizer.scalars(i).map((v) => tf.scalar(v)),
      shares: null,
    };
    const next = outputs.unpack(
      run(inputs.pack({ state, sum: null, batch, scalars })),
    );
    state[Symbol.dispose]();
    losses.push((await next.losses.data())[0]!);
    tf.dispose([next.losses, scalars.learningRate, ...scalars.ofOptimizer]);
    state = new TrainState(i, next.state);
  }
  const weights = await state.weights.data() as Float32Array<ArrayBuffer>;
  state[Symbol.dispose]();
  tf.dispose([image, target, ones, weight, batch.factors, batch.seed]);
  return {
    losses,
    weightsSha256: sha256Hex(new Uint8Array(weights.slice().buffer)),
  };
}

/** How far the losses may be from the embedded engine's, relatively. */
const tolerances = { fp32: 1e-4, tf32: 3e-3, bf16: 0.02 };

let expected: readonly number[] | undefined;

async function trainEmbedded(): Promise<readonly number[]> {
  using engine = await openEngine({
    ...{ engine: "embedded", threads: 1, precision: "fp32", eager: false },
    notify: () => {},
  });
  const { losses } = await train(engine);
  ok(losses.at(-1)! < 0.9 * losses[0]!, "it does not learn");
  return losses;
}

for (const precision of Object.keys(tolerances) as Precision[]) {
  testWithCard({
    name:
      `training on a card takes the embedded engine's course, twice to the bit (${precision})`,
    precision,
  }, async (engine) => {
    expected ??= await trainEmbedded();
    engine.use();
    using run = engine.compile("step", step, { takes });
    const first = await train(engine, run);
    const used = engine.usage()?.inUseBytes;
    const second = await train(engine, run);
    deepStrictEqual(second, first);
    const errors = first.losses.map((loss, i) =>
      Math.abs(loss / expected![i]! - 1)
    );
    const worst = Math.max(...errors);
    console.log(precision, errors);
    ok(worst <= tolerances[precision], `losses differ by ${worst}`);
    const more = (engine.usage()?.inUseBytes ?? 0) - (used ?? 0);
    ok(more <= 0, `${more} bytes of the device were not freed`);
  });
}
