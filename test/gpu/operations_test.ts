import { deepStrictEqual } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  avgPool3d,
  batchNorm,
  conv3d,
  convTranspose3d,
  type Engine,
  gradients,
  groupNorm,
  leakyRelu,
  maxPool3d,
  openEngine,
  type Precision,
  type PureFunction,
  upsample3d,
} from "@/engine/mod.ts";
import { openRng } from "@/core/mod.ts";
import { lossTerms, mixLoss } from "@/loss/mod.ts";
import { testWithCard } from "./_card.ts";

type Volume = tf.Tensor5D;

/** Numbers of a normal distribution. */
function normal(seed: number, shape: readonly number[]): Float32Array {
  const rng = openRng(seed), size = tf.util.sizeFromShape([...shape]);
  return Float32Array.from({ length: size }, () => rng.normal());
}

const shapes = {
  image: [2, 4, 8, 8, 8],
  flat: [1, 3, 3, 8, 8],
  cubic: [3, 3, 3, 8, 8],
  painted: [2, 2, 2, 8, 8],
  scale: [8],
};
type Name = keyof typeof shapes;
const names = Object.keys(shapes) as Name[];

/** An operation, and what of the above it takes. */
interface Operation {
  readonly takes: readonly Name[];
  apply(x: Volume, other: Volume): tf.Tensor;
}

/** An operation of the image alone. */
function alone(apply: (x: Volume) => tf.Tensor): Operation {
  return { takes: ["image"], apply };
}

/** An operation of the image and one other. */
function by(
  name: Name,
  apply: (x: Volume, other: Volume) => tf.Tensor,
): Operation {
  return { takes: ["image", name], apply };
}

const operations: Readonly<Record<string, Operation>> = {
  "flat convolution": by("flat", conv3d),
  "cubic convolution": by("cubic", conv3d),
  "dilated convolution": by(
    "flat",
    (x, kernel) => conv3d(x, kernel, { dilations: [1, 4, 4] }),
  ),
  "strided convolution": by(
    "cubic",
    (x, kernel) => conv3d(x, kernel, { strides: [1, 2, 2] }),
  ),
  "transposed convolution": by(
    "painted",
    (x, kernel) => convTranspose3d(x, kernel, [2, 2, 2]),
  ),
  "batch norm": by(
    "scale",
    (x, gamma) =>
      batchNorm(x, gamma as tf.Tensor as tf.Tensor1D, tf.zeros([8]), {
        epsilon: 1e-5,
      }).y,
  ),
  "group norm": by(
    "scale",
    (x, gamma) =>
      groupNorm(x, gamma as tf.Tensor as tf.Tensor1D, tf.zeros([8]), {
        groups: 2,
        epsilon: 1e-5,
      }),
  ),
  "max-pooling": alone((x) => maxPool3d(x, [2, 2, 2])),
  "mean pooling": alone((x) => avgPool3d(x, [1, 2, 2])),
  enlargement: alone((x) => upsample3d(x, [2, 2, 2], "trilinear")),
  activations: alone((x) => tf.add(tf.elu(x), leakyRelu(tf.softplus(x), 0.1))),
  losses: alone((x) => {
    const [logits] = tf.split(x, [1, 7], 4) as [Volume];
    const isCleft = normal(99, logits.shape).map((v) => v > 1 ? 1 : 0);
    const target = tf.tensor5d(isCleft, logits.shape);
    const mask = tf.onesLike(target);
    const terms = lossTerms({
      terms: [
        { type: "bce", over: "batch", useWeights: true, weight: 1 },
        { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
        { type: "lovaszHinge", over: "batch", weight: 1 },
      ],
    });
    const truth = { target, mask, weight: tf.add<Volume>(mask, target) };
    const input = { logits, ...truth };
    return mixLoss(terms, {
      inputs: [[input]],
      weights: tf.ones([terms.length]),
    }).total;
  }),
};

/** The results of all operations, each with its gradients, as one function. */
const bundle: PureFunction = (tensors) =>
  Object.values(operations).flatMap(({ takes, apply }, k) => {
    let result: tf.Tensor;
    const { value, grads } = gradients(([x, other]) => {
      result = tf.keep(apply(x as Volume, other as Volume));
      const weighting = tf.tensor(normal(100 + k, result.shape), result.shape);
      return tf.sum(tf.mul(result, weighting)) as tf.Scalar;
    }, takes.map((name) => tensors[names.indexOf(name)]!));
    value.dispose();
    const kept = tf.clone(result!);
    result!.dispose();
    return [kept, ...grads];
  });

/** What the results of {@linkcode bundle} are, in order. */
const labels = Object.entries(operations).flatMap(([name, { takes }]) => [
  name,
  ...takes.map((input) => `${name}, gradient by ${input}`),
]);

async function compute(engine: Engine): Promise<Float32Array[]> {
  engine.use();
  using run = engine.compile("operations", bundle);
  const given = names.map((name, i) =>
    tf.tensor(normal(i, shapes[name]), shapes[name])
  );
  const results = run(given);
  const values: Float32Array[] = [];
  for (const result of results) {
    values.push(await result.data() as Float32Array);
  }
  tf.dispose([...given, ...results]);
  return values;
}

const tolerances = { fp32: 1e-4, tf32: 4e-3, bf16: 0.03 };

for (const precision of Object.keys(tolerances) as Precision[]) {
  testWithCard({
    name:
      `operations and their gradients on a card are the embedded engine's (${precision})`,
    precision,
  }, async (engine) => {
    using embedded = await openEngine({
      ...{ engine: "embedded", threads: 1, precision: "fp32", eager: false },
      notify: () => {},
    });
    const expected = await compute(embedded), found = await compute(engine);
    const faults = labels.flatMap((label, i) => {
      const error = errorOf(found[i]!, expected[i]!);
      const isFine = error <= tolerances[precision];
      return isFine ? [] : [`${label}: ${error.toPrecision(2)}`];
    });
    deepStrictEqual(faults, []);
  });
}

/** The length of the difference, relative to what it should be. */
function errorOf(found: Float32Array, expected: Float32Array): number {
  let difference = 0, whole = 0;
  expected.forEach((value, i) => {
    difference += (found[i]! - value) ** 2;
    whole += value ** 2;
  });
  if (found.length !== expected.length) return NaN;
  return whole === 0 ? Math.sqrt(difference) : Math.sqrt(difference / whole);
}
