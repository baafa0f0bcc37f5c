import * as tf from "@tensorflow/tfjs-core";
import { floatsFrom } from "@/core/mod.ts";
import { type EngineName, gradients } from "@/engine/mod.ts";
import { enginesAtOnce, testOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { readFixture } from "@test/fixtures.ts";
import { layOut } from "../network.ts";
import { sizeOfWeight, type WeightSpec } from "../weights.ts";
import { nets } from "./mod.ts";

/** What the scripts in test/fixtures/model tell of a tensor. */
interface Summary {
  readonly name: string;
  readonly length: number;
  readonly products: readonly number[];
}

interface Twin {
  readonly model: { readonly type: string; readonly [option: string]: unknown };
  readonly shape: tf.ShapeMap["R5"];
  readonly image: string;
  readonly parameters: number;
  /** All logits, or one of so many. */
  readonly logits: readonly number[];
  readonly restingLogits: readonly number[];
  readonly gradients: readonly Summary[];
  readonly buffers: readonly Summary[];
}

type ResUnetTwin = Omit<Twin, "model" | "shape" | "image"> & {
  readonly preset: string;
  readonly filters?: readonly number[];
  readonly image?: string;
};

const twins: Twin[] = [
  ...readFixture<ResUnetTwin>("model/twins.jsonl").map((
    { preset, filters, ...twin },
  ): Twin => ({
    model: { type: "resUnet", preset, ...filters && { filters } },
    shape: [1, 4, 32, 32, 1],
    image: "image215",
    ...twin,
  })),
  ...readFixture<Twin>("model/dlinknet.jsonl"),
];

/** The same random bits as theirs. */
function words(name: string, count: number): Uint32Array {
  let key = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    key = Math.imul(key ^ name.charCodeAt(i), 0x01000193);
  }
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let x = (Math.imul(i, 0x9e3779b9) + key) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    words[i] = x ^ (x >>> 16);
  }
  return words;
}

/** Numbers between -1 and 1. */
function even(name: string, count: number): Float64Array {
  return new Float64Array(words(name, count)).map((x) => x / 2 ** 32 * 2 - 1);
}

function startOf(spec: WeightSpec): tf.Tensor {
  const values = starts.get(spec) ?? startsOf(spec);
  starts.set(spec, values);
  return tf.tensor(values, [...spec.shape]);
}

/** Each is asked for twice on each engine. */
const starts = new WeakMap<WeightSpec, Float32Array>();

function startsOf(spec: WeightSpec): Float32Array {
  const size = sizeOfWeight(spec), v = even(spec.name, size);
  const scale = Math.sqrt(6 * spec.shape.at(-1)! / size);
  const value = {
    kernel: (x: number) => x * scale,
    gamma: (x: number) => 1 + 0.2 * x,
    variance: (x: number) => 1 + 0.5 * x,
  }[spec.name.split("/").at(-1)!] ?? ((x: number) => 0.1 * x);
  return floatsFrom(v, value);
}

/**
 * The error of a tensor relative to the twin's, estimated from its products
 * with vectors of signs; `scale` is in place of the twin's length.
 */
function errorOf(
  { name, length, products }: Summary,
  values: ArrayLike<number>,
  scale = length,
): number {
  const bits = words(`${name}/signs`, values.length);
  let squares = 0;
  for (const [k, product] of products.entries()) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += bits[i]! >> k & 1 ? -values[i]! : values[i]!;
    }
    squares += (sum - product) ** 2;
  }
  return Math.sqrt(squares / products.length) / scale;
}

function assertClose(error: number, what: string): void {
  if (!(error <= 1e-4)) throw new Error(`${what} is off by ${error}`);
}

/** Fails unless numbers are within 1e-4, or as much of the largest. */
function assertLogits(found: tf.Tensor, expected: readonly number[]): void {
  const values = found.dataSync();
  const scale = Math.max(1, ...expected.map(Math.abs));
  const every = values.length / expected.length;
  assertEquals(Number.isInteger(every), true, "a whole share of the logits");
  const worst = expected.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - values[i * every]!)),
    0,
  );
  assertClose(worst / scale, "a logit");
}

for (const twin of twins) {
  const { model, shape } = twin, { type, ...options } = model;
  const what = `${type}() with ${JSON.stringify(options)}`;
  const build = nets.create(nets.schema.parse(model));
  const network = layOut(build({ heads: 1, levels: 0 }));
  const size = tf.util.sizeFromShape(shape);
  // Operations in JavaScript are slow: they have the slimmer twins of large ones.
  const engines: readonly EngineName[] = twin.parameters > 2e6
    ? ["tensorflow"]
    : "filters" in options
    ? ["embedded"]
    : enginesAtOnce;
  const image = () =>
    tf.tensor<tf.Rank.R5>(
      Float32Array.from(
        even(twin.image, size),
        (v) => (Math.fround(v) + 1) / 2,
      ),
      shape,
    );

  Deno.test(`${what} has its twin's weights`, () => {
    const trained = network.weights.filter((w) => w.isTrainable);
    const count = trained.reduce((sum, w) => sum + sizeOfWeight(w), 0);
    assertEquals(count, twin.parameters);
    assertEquals(
      `${trained.map((w) => w.name).sort()}`,
      `${twin.gradients.map((g) => g.name).sort()}`,
    );
  });

  testOnEngines(
    `${what} gives its PyTorch twin's logits at rest`,
    () =>
      tf.tidy(() => {
        const values = network.weights.map(startOf);
        const { logits } = network.apply(values, image(), {
          isTraining: false,
        });
        assertLogits(logits[0]!, twin.restingLogits);
      }),
    { engines },
  );

  testOnEngines(
    `${what} has its PyTorch twin's gradients`,
    (engine) => {
      const { weights } = network;
      const trained = weights.flatMap((w, i) => w.isTrainable ? [i] : []);
      const kept = weights.filter((w) => !w.isTrainable).map((w) => w.name);
      // Compiled, as training runs it.
      using step = engine.compile("twin", ([image, pull, ...values]) => {
        const results: tf.Tensor[] = [];
        const { value, grads } = gradients((inputs) => {
          const all = [...values];
          inputs.forEach((input, i) => all[trained[i]!] = input);
          const { logits, updates } = network.apply(all, image as tf.Tensor5D, {
            isTraining: true,
          });
          results.push(tf.keep(tf.clone(logits[0]!)));
          for (const name of kept) {
            results.push(tf.keep(tf.clone(updates.get(name)!)));
          }
          return tf.sum(tf.mul(logits[0]!, pull!)) as tf.Scalar;
        }, trained.map((i) => values[i]!));
        value.dispose();
        const released = results.map((tensor) => {
          const copy = tf.clone(tensor);
          tensor.dispose();
          return copy;
        });
        return [...released, ...grads];
      });
      const inputs = tf.tidy(() => [
        image(),
        tf.tensor(Float32Array.from(even("pull", size)), shape),
        ...weights.map(startOf),
      ]);
      const [logits, ...others] = step(inputs);
      const buffers = others.slice(0, kept.length);
      const grads = others.slice(kept.length);
      try {
        assertLogits(logits!, twin.logits);
        for (const summary of twin.buffers) {
          const found = buffers[kept.indexOf(summary.name)]!.dataSync();
          assertClose(errorOf(summary, found), summary.name);
        }
        const byName = new Map(twin.gradients.map((g) => [g.name, g]));
        trained.forEach((index, i) => {
          const { name } = weights[index]!, found = grads[i]!.dataSync();
          // A bias before a normalisation has no gradient but for rounding.
          const kernel = byName.get(name.replace(/bias$/, "kernel"))!;
          const summary = byName.get(name)!;
          const error = errorOf(
            summary,
            found,
            summary.length || kernel.length,
          );
          assertClose(error, `the gradient of ${name}`);
        });
      } finally {
        tf.dispose([...inputs, logits!, ...others]);
      }
    },
    { engines },
  );
}
