import * as tf from "@tensorflow/tfjs-core";
import { openRng, sha256Hex } from "@/core/mod.ts";
import { batchNorm } from "./op/batch_norm.ts";
import { conv3d } from "./op/conv3d.ts";
import { gradients } from "./op/gradients.ts";
import { maxPool3d } from "./op/max_pool3d.ts";
import { upsample3d } from "./op/upsample3d.ts";
import type { Engine } from "./types.ts";

/** What a self-test found. */
export interface SelfTest {
  /** Whether the engine can be trusted: the gradient is right, training repeats. */
  readonly isPassed: boolean;
  /** Relative difference between the gradient and finite differences. */
  readonly gradientError: number;
  /** Whether two trainings gave the same weights, to the bit. */
  readonly isRepeated: boolean;
  /** SHA-256 of the weights after 20 steps; depends on processor and threads. */
  readonly weightsSha256: string;
  /** How long it took. */
  readonly ms: number;
}

/** Largest gradient error that passes; in 32 bits some 1e-4 are to be expected. */
const TOLERANCE = 5e-3;
const STEPS = 20, LEARNING_RATE = 0.2;

/**
 * Trains a tiny network twice and compares the weights, and its gradient with
 * finite differences. Takes about a second.
 */
export function selfTest(engine: Engine): SelfTest {
  const start = performance.now();
  engine.use();
  using step = engine.compile("self-test step", trainingStep);
  const first = train(step), second = train(step);
  const weightsSha256 = hashOf(first);
  const isRepeated = hashOf(second) === weightsSha256;
  const gradientError = directionalError(initialWeights());
  return {
    isPassed: isRepeated && gradientError < TOLERANCE,
    gradientError,
    isRepeated,
    weightsSha256,
    ms: performance.now() - start,
  };
}

const shapes = [[3, 3, 3, 1, 4], [4], [4], [1, 3, 3, 4, 4], [1, 1, 1, 8, 1]];
const imageShape = [1, 4, 16, 16, 1];

/** Mean squared error of a network with one level below the first. */
function loss(weights: readonly tf.Tensor[], x: tf.Tensor): tf.Scalar {
  const [enter, gamma, beta, below, leave] = weights;
  const wide = tf.elu(
    batchNorm(
      conv3d(x as tf.Tensor5D, enter as tf.Tensor5D),
      gamma as tf.Tensor1D,
      beta as tf.Tensor1D,
      { epsilon: 1e-5 },
    ).y,
  ); // [1, 4, 16, 16, 4]
  const deep = tf.elu(
    conv3d(maxPool3d(wide, [1, 2, 2]), below as tf.Tensor5D),
  ); // [1, 4, 8, 8, 4]
  const joined = tf.concat(
    [wide, upsample3d(deep, [1, 2, 2], "trilinear")],
    4,
  ); // [1, 4, 16, 16, 8]
  const y = tf.sigmoid(conv3d(joined, leave as tf.Tensor5D));
  const target = tf.cast(tf.greater(x, 0.5), "float32");
  return tf.mean(tf.square(tf.sub(y, target)));
}

function trainingStep(inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const weights = inputs.slice(0, -1), x = inputs.at(-1)!;
  const { grads } = gradients((moved) => loss(moved, x), weights);
  return weights.map((w, i) => tf.sub(w, tf.mul(grads[i]!, LEARNING_RATE)));
}

function initialWeights(): Float32Array[] {
  return shapes.map((shape, k) => {
    const rng = openRng(k);
    return Float32Array.from(
      { length: tf.util.sizeFromShape(shape) },
      () => 0.3 * rng.normal() + (k === 1 ? 1 : 0),
    );
  });
}

function image(): tf.Tensor {
  const rng = openRng(99), size = tf.util.sizeFromShape(imageShape);
  const grey = Float32Array.from({ length: size }, () => rng.uniform(0, 1));
  return tf.tensor(grey, imageShape);
}

function tensors(weights: readonly Float32Array[]): tf.Tensor[] {
  return weights.map((values, i) => tf.tensor(values, shapes[i]!));
}

function train(step: ReturnType<Engine["compile"]>): Float32Array[] {
  const x = image();
  let weights = tensors(initialWeights());
  for (let i = 0; i < STEPS; i++) {
    const next = step([...weights, x]);
    tf.dispose(weights);
    weights = next;
  }
  const values = weights.map((w) => w.dataSync() as Float32Array);
  tf.dispose([weights, x]);
  return values;
}

/** How far the slope along the gradient is from the gradient's squared length. */
function directionalError(weights: readonly Float32Array[]): number {
  return tf.tidy(() => {
    const x = image();
    const { grads } = gradients((moved) => loss(moved, x), tensors(weights));
    const gradient = grads.map((g) => g.dataSync() as Float32Array);
    const squared = gradient.reduce(
      (sum, values) => values.reduce((s, v) => s + v * v, sum),
      0,
    );
    const step = 0.01 / Math.sqrt(squared);
    const at = (distance: number) => {
      const moved = weights.map((values, k) =>
        values.map((v, i) => v + distance * gradient[k]![i]!)
      );
      return loss(tensors(moved), x).dataSync()[0]!;
    };
    const slope = (at(step) - at(-step)) / (2 * step);
    return Math.abs(slope - squared) / squared;
  });
}

function hashOf(weights: readonly Float32Array[]): string {
  return sha256Hex(
    weights.map((values) => sha256Hex(new Uint8Array(values.buffer))).join(),
  );
}
