import * as tf from "@tensorflow/tfjs-core";
import type { Precision } from "./names.ts";
import { conv3d } from "./op/conv3d.ts";
import type { Engine } from "./types.ts";
import { EXPECTED_SHARE, peakOf } from "./xla/peaks.ts";

/** How large the convolutions are that are timed. */
export interface ConvolutionSize {
  /** Depth, height and width of the volume; the last two multiples of 32. */
  readonly extentVox: readonly [number, number, number];
  /** Channels, in and out. */
  readonly channels: number;
  /** How many follow each other in one call. */
  readonly layers: number;
}

/** What the timing found. */
export interface ConvolutionTime {
  /** Numbers the engine computes convolutions with. */
  readonly precision: Precision;
  /** The least time of a call, in milliseconds. */
  readonly ms: number;
  /** Multiplications and additions in 10^12 a second. */
  readonly teraflops: number;
  /** What the card should reach at least; null where we have no figure. */
  readonly expectedTeraflops: number | null;
}

/** Some milliseconds of work for a card; takes 2 GiB of its memory. */
const deviceSize: ConvolutionSize = {
  extentVox: [16, 256, 256],
  channels: 128,
  layers: 8,
};

/** Some milliseconds of work for a processor. */
const processorSize: ConvolutionSize = {
  extentVox: [2, 64, 64],
  channels: 32,
  layers: 2,
};

const CALLS = 5;

/**
 * Times convolutions of 1×3×3 on an engine, each on the result of the one
 * before, as one compiled function; by default as many as keep it busy for some
 * milliseconds. The engine computes with its own precision.
 */
export async function timeConvolution(
  engine: Engine,
  size: ConvolutionSize = engine.facts.gpu === null
    ? processorSize
    : deviceSize,
): Promise<ConvolutionTime> {
  engine.use();
  const { extentVox: [depth, height, width], channels, layers } = size;
  // Small noise that the function repeats: nothing large is uploaded.
  const noise = tf.randomNormal([1, 1, 32, 32, channels], 0, 1, "float32", 1);
  const scale = Math.sqrt(1 / (9 * channels)); // keeps that of its input
  const kernel = tf.randomNormal(
    [1, 3, 3, channels, channels],
    0,
    scale,
    "float32",
    2,
  );
  using chain = engine.compile("timed convolutions", ([x, w]) => {
    let y = tf.tile(x!, [1, depth, height / 32, width / 32, 1]) as tf.Tensor5D;
    for (let i = 0; i < layers; i++) y = conv3d(y, w as tf.Tensor5D);
    return [tf.mean(y)];
  });
  const inputs = [noise, kernel];
  try {
    await chain.prepare(inputs);
    finish(chain(inputs)); // the first may be slower
    let ms = Infinity;
    for (let i = 0; i < CALLS; i++) {
      const start = performance.now();
      finish(chain(inputs));
      ms = Math.min(ms, performance.now() - start);
    }
    const sums = 9 * channels ** 2 * depth * height * width * layers;
    return {
      precision: engine.facts.precision,
      ms,
      teraflops: 2 * sums / ms / 1e9,
      expectedTeraflops: expected(engine),
    };
  } finally {
    tf.dispose(inputs);
  }
}

/** Waits until results are computed, and disposes them. */
function finish(results: tf.Tensor[]): void {
  for (const result of results) result.dataSync();
  tf.dispose(results);
}

function expected({ facts: { gpu, precision } }: Engine): number | null {
  const peak = gpu === null ? null : peakOf(gpu);
  if (peak === null || precision === "fp32") return null;
  return EXPECTED_SHARE * (precision === "tf32" ? peak / 2 : peak);
}
