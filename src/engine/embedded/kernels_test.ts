import { throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, engineForTests } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";

/** Registers a test on the embedded engine that fails on a tensor that outlives it. */
function testEmbedded(name: string, body: () => void): void {
  Deno.test(name, async () => {
    await engineForTests("embedded");
    const before = tf.memory().numTensors;
    tf.tidy(body);
    assertEquals(tf.memory().numTensors, before, "live tensors");
  });
}

const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);

testEmbedded("arithmetic repeats numbers, rows and nothing", () => {
  const x = table(), row = tf.tensor1d([10, 20, 30]), one = tf.scalar(2);
  assertTensor(tf.add(x, row), [2, 3], [11, 22, 33, 14, 25, 36]);
  assertTensor(tf.add(row, x), [2, 3], [11, 22, 33, 14, 25, 36]);
  assertTensor(tf.sub(x, row), [2, 3], [-9, -18, -27, -6, -15, -24]);
  assertTensor(tf.sub(row, x), [2, 3], [9, 18, 27, 6, 15, 24]);
  assertTensor(tf.sub(one, x), [2, 3], [1, 0, -1, -2, -3, -4]);
  assertTensor(tf.mul(x, one), [2, 3], [2, 4, 6, 8, 10, 12]);
  assertTensor(tf.mul(x, x), [2, 3], [1, 4, 9, 16, 25, 36]);
});

testEmbedded("arithmetic leaves columns and whole numbers to tfjs", () => {
  const column = tf.tensor2d([10, 20], [2, 1]);
  assertTensor(tf.add(table(), column), [2, 3], [11, 12, 13, 24, 25, 26]);
  const whole = tf.add(tf.tensor1d([1, 2], "int32"), tf.scalar(3, "int32"));
  assertEquals(whole.dtype, "int32");
  assertTensor(whole, [2], [4, 5]);
});

testEmbedded("sums and means run over all axes, the first or the last", () => {
  const x = table();
  assertTensor(tf.sum(x), [], [21]);
  assertTensor(tf.sum(x, 0), [3], [5, 7, 9]);
  assertTensor(tf.sum(x, -1), [2], [6, 15]);
  assertTensor(tf.mean(x), [], [3.5]);
  assertTensor(tf.mean(x, 0), [3], [2.5, 3.5, 4.5]);
  assertTensor(tf.mean(x, [0, 1], true), [1, 1], [3.5]);
  assertTensor(tf.mean(x, 1), [2], [2, 5]);
});

testEmbedded("sums of many small numbers stay exact", () => {
  const x = tf.fill([1 << 20], 0.1); // 32 bits alone would be off by 1 %
  const exact = (1 << 20) * Math.fround(0.1);
  assertTensor(tf.sum(x), [], [exact], 0.01);
});

testEmbedded("pooling of windows that overlap is left to tfjs", () => {
  const x = tf.tensor4d([1, 5, 2, 4], [1, 1, 4, 1]);
  assertTensor(tf.maxPool(x, [1, 2], 1, "valid"), [1, 1, 3, 1], [5, 5, 4]);
  assertTensor(tf.maxPool(x, [1, 2], [1, 2], "valid"), [1, 1, 2, 1], [5, 4]);
});

testEmbedded("parts are cut along any axes, of whole numbers by tfjs", () => {
  const shape: [number, number, number] = [2, 3, 4];
  const x = tf.reshape(tf.range(0, 24), shape); // 12 z + 4 y + x
  assertTensor(tf.slice(x, [0, 1, 1], [-1, 2, 2]), [2, 2, 2], [
    ...[5, 6, 9, 10],
    ...[17, 18, 21, 22],
  ]);
  assertTensor(tf.slice(x, [1, 1, 0], [1, 2, 4]), [1, 2, 4], [
    ...[16, 17, 18, 19, 20, 21, 22, 23],
  ]);
  assertTensor(tf.slice(x, [0, 2, 3], [2, 1, 0]), [2, 1, 0], []);
  throws(() => tf.slice(x, [0, 2, 0], [2, 2, 4]));
  const [front, rest] = tf.split(x, [1, 2], -2);
  assertTensor(front!, [2, 1, 4], [0, 1, 2, 3, 12, 13, 14, 15]);
  assertTensor(rest!, [2, 2, 4], [
    ...[4, 5, 6, 7, 8, 9, 10, 11],
    ...[16, 17, 18, 19, 20, 21, 22, 23],
  ]);
  assertTensor(tf.unstack(x, -1)[1]!, [2, 3], [1, 5, 9, 13, 17, 21]);
  const whole = tf.slice(tf.cast(x, "int32"), [1, 2, 3], [1, 1, 1]);
  assertEquals(whole.dtype, "int32");
  assertTensor(whole, [1, 1, 1], [23]);
});
