import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { bytesFrom, type Sample, type Zyx } from "@/core/mod.ts";

/** Registers a test that also fails when a tensor outlives it. */
export function testWithTensors(name: string, body: () => void): void {
  Deno.test(name, async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    tf.tidy(body);
    assertEquals(tf.memory().numTensors, before, "live tensors");
  });
}
/** Fails unless the two are the same value. */
export function assertEquals<T>(a: T, b: T, what = "value"): void {
  if (!Object.is(a, b)) throw new Error(`${what}: ${a} is not ${b}`);
}
/** Fails unless the two numbers are within `tolerance`. */
export function assertAlmostEquals(
  a: number,
  b: number,
  tolerance: number,
): void {
  if (!(Math.abs(a - b) <= tolerance)) {
    throw new Error(`Expected ${a} to be within ${tolerance} of ${b}`);
  }
}
/** Fails unless `a` and `b` hold the same numbers. */
export function assertSameNumbers(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  message = "arrays",
): void {
  if (a.length !== b.length) {
    throw new Error(`${message}: length ${a.length} is not ${b.length}`);
  }
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) throw new Error(`${message}: differ at ${i}`);
  }
}
/** A sample whose grey values follow a formula. */
export function makeSample(
  { shapeVox, grey = (z, y, x) => (z * 7 + y * 3 + x) % 11 / 11 }: {
    shapeVox: Zyx;
    grey?: (z: number, y: number, x: number) => number;
  },
): Sample {
  const [depth, height, width] = shapeVox;
  const n = depth * height * width;
  const image = new Float32Array(n).map((_, i) =>
    grey(
      Math.floor(i / (height * width)),
      Math.floor(i / width) % height,
      i % width,
    )
  );
  const target = bytesFrom(image, (v) => v > 0.5 ? 1 : 0);
  return {
    image,
    target,
    mask: new Uint8Array(n).fill(1),
    shapeVox,
    voxelNm: [40, 4, 4],
    inside: { startVox: [0, 0, 0], shapeVox },
  };
}
