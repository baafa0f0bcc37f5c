import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { losses, lossTerms } from "@/loss/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import { assertSameBits, testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { optimizers } from "./optimizer/mod.ts";
import { cutTensor, weave } from "./_weave.ts";
import { firstSnapshot, weightsOf } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { trainStep } from "./step.ts";
import { stepInputs } from "./step_form.ts";

const network = layOut(
  nets.create(nets.schema.parse({
    type: "refine",
    base: { type: "resUnet", filters: [3, 4], anisotropicLevels: 1 },
    filters: [4],
    threshold: 0.6,
    reachVox: [0, 1, 1],
  }))({ heads: 1, levels: 1 }),
);
const terms = lossTerms({
  terms: [{ weight: 1, ...losses.schema.parse({ type: "bce" }) }],
  levels: [0.5],
});
const optimizer = optimizers.create(
  optimizers.schema.parse({ type: "adam", learningRate: 0.01 }),
);
const binary = targets.create(targets.schema.parse({ type: "binary" }));
const parts = { network, targets: [binary], terms, optimizer };
const step = trainStep(parts);
const shape: tf.ShapeMap["R5"] = [2, 2, 16, 16, 1];
const size = 2 * 2 * 16 * 16;

/** A batch whose bright voxels are cleft, and what the first step takes. */
function firstInputs() {
  const stream = openRng(3);
  const image = Float32Array.from({ length: size }, () => stream.normal());
  const target = image.map((grey) => +(grey > 1));
  const { slotNames } = optimizer;
  const snapshot = firstSnapshot(network, { slotNames }, openRng(1));
  const state = TrainState.from(snapshot, slotNames);
  const ones: tf.Tensor5D = tf.ones(shape);
  const inputs = stepInputs(parts).pack({
    state,
    sum: null,
    batch: {
      samples: {
        image: tf.tensor(image, shape),
        target: tf.tensor(target, shape),
        mask: ones,
        weight: ones,
        distanceNm: null,
      },
      factors: tf.tensor1d(terms.map(({ weight }) => weight as number)),
      seed: tf.tensor1d([0, 0], "int32"),
    },
    scalars: {
      learningRate: tf.scalar(0.03),
      ofOptimizer: optimizer.scalars(1).map((v) => tf.scalar(v)),
      shares: null,
    },
  });
  return { inputs, image, target };
}

testOnEngines(
  "trainStep() that refines gives the compiled bits eagerly",
  (engine) => {
    using run = engine.compile("refine", step);
    const { inputs } = firstInputs();
    const compiled = run(inputs), eager = tf.tidy(() => step(inputs));
    assertSameBits(compiled, eager);
    tf.dispose([...inputs, ...compiled, ...eager]);
  },
);

testOnEngines(
  "trainStep() weighs the second answer by the first one's region",
  () => {
    const { inputs, image, target } = firstInputs();
    const outputs = tf.tidy(() => step(inputs));
    const found = outputs.at(-1)!.dataSync(); // total, bce, level1/bce

    const { second, first } = tf.tidy(() => {
      const { trained, buffers } = weightsOf(network);
      const values = weave(network, {
        trained: cutTensor(inputs[0] as tf.Tensor1D, trained),
        buffers: cutTensor(inputs[1] as tf.Tensor1D, buffers),
      });
      const { logits } = network.apply(values, tf.tensor(image, shape), {
        isTraining: true,
      });
      return { second: logits[0]!.dataSync(), first: logits[1]!.dataSync() };
    });
    const isFound = [...first].map((z) => 1 / (1 + Math.exp(-z)) > 0.6);
    const crossEntropy = (z: number, t: number) =>
      Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - z * t;
    let refined = 0, plain = 0, beyond = 0;
    for (let n = 0; n < 2; n++) {
      const voxels = Array.from(
        { length: size / 2 },
        (_, i) => n * size / 2 + i,
      );
      const inRegion = (i: number) => {
        const y = Math.floor(i / 16) % 16, x = i % 16;
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            if (y + dy < 0 || y + dy > 15 || x + dx < 0 || x + dx > 15) {
              continue;
            }
            if (isFound[i + 16 * dy + dx]) {
              return true;
            }
          }
        }
        return false;
      };
      const clefts = voxels.filter((i) => target[i]).length;
      const asked = voxels.filter((i) => target[i] || inRegion(i)).length;
      const share = clefts / asked;
      for (const i of voxels) {
        const weight = target[i] ? (1 - share) / share : +inRegion(i);
        beyond += +(weight === 0);
        refined += weight * crossEntropy(second[i]!, target[i]!) / size;
        plain += crossEntropy(first[i]!, target[i]!) / size;
      }
    }
    assertEquals(beyond > 0 && beyond < size / 2, true, "some is beyond");
    assertAlmostEquals(found[1]!, refined, 1e-5 * refined);
    assertAlmostEquals(found[2]!, plain, 1e-5 * plain);
    assertAlmostEquals(found[0]!, refined + 0.5 * plain, 1e-5 * refined);
    tf.dispose([...inputs, ...outputs]);
  },
);

testOnEngines("trainStep() learns to refine", (engine) => {
  using run = engine.compile("refine", step);
  const { inputs } = firstInputs();
  const losses: Float32Array[] = [];
  const kept = 2 + optimizer.slotNames.length;
  const rest = inputs.slice(kept);
  let state = inputs.slice(0, kept);
  for (let i = 0; i < 20; i++) {
    const outputs = run([...state, ...rest]);
    losses.push(outputs.at(-1)!.dataSync() as Float32Array);
    tf.dispose([...state, outputs.at(-1)!]);
    state = outputs.slice(0, -1);
  }
  tf.dispose([...state, ...rest]);
  for (const term of [1, 2]) {
    const [before, after] = [losses[0]![term]!, losses.at(-1)![term]!];
    if (!(after < before / 2)) {
      throw new Error(`${terms[term - 1]!.name}: from ${before} to ${after}`);
    }
  }
});
