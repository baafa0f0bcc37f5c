import { deepStrictEqual, notDeepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import {
  assertTensor,
  engineForTests,
  normalTensor,
  testOnEngines,
  testOpOnEngines,
} from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { isNativeReady } from "../status.ts";
import { dropout } from "./dropout.ts";
import { noise } from "./noise.ts";

const seed = (a: number, b: number) => tf.tensor1d([a, b], "int32");

testOpOnEngines("noise() gives numbers from 0 to 1, evenly", () => {
  const numbers = noise<tf.Rank.R1>([10_000], seed(3, -4)).dataSync();
  const share = (low: number) =>
    numbers.filter((v) => v >= low && v < low + 0.1).length / numbers.length;
  for (let k = 0; k < 10; k++) assertAlmostEquals(share(k / 10), 0.1, 0.01);
  assertEquals(Math.min(...numbers) >= 0 && Math.max(...numbers) < 1, true);
});

testOpOnEngines("noise() depends on both numbers of the seed", () => {
  const [a, b, c, again] = [[1, 2], [1, 3], [2, 2], [1, 2]].map((
    [k, l],
  ) => [...noise<tf.Rank.R1>([8], seed(k!, l!)).dataSync()]);
  deepStrictEqual(a, again);
  notDeepStrictEqual(a, b);
  notDeepStrictEqual(a, c);
});

Deno.test({
  name: "noise() is the same on every engine",
  ignore: !isNativeReady(),
  fn: async () => {
    const seeds = [[0, 0], [1, -1], [2 ** 31 - 1, 12345], [-7, -(2 ** 31)]];
    const drawAll = () =>
      seeds.map(([a, b]) =>
        tf.tidy(() => [...noise<tf.Rank.R2>([3, 7], seed(a!, b!)).dataSync()])
      );
    await engineForTests("embedded");
    const ours = drawAll();
    await engineForTests("tensorflow");
    deepStrictEqual(ours, drawAll());
  },
});

testOnEngines("noise() follows the seed of a compiled function", (engine) => {
  using draw = engine.compile("draw", ([seed]) => [
    noise<tf.Rank.R1>([4], seed as tf.Tensor1D),
  ]);
  const numbersOf = (a: number) => {
    const given = seed(a, 9), [drawn] = draw([given]);
    const numbers = [...drawn!.dataSync()];
    tf.dispose([given, drawn!]);
    return numbers;
  };
  notDeepStrictEqual(numbersOf(1), numbersOf(2));
  deepStrictEqual(numbersOf(1), numbersOf(1));
});

testOpOnEngines("dropout() drops whole channels and keeps the mean", () => {
  const y = dropout(tf.ones([50, 1, 2, 2, 40]), {
    rate: 0.25,
    drops: "channels",
    seed: seed(1, 2),
  });
  const channels = tf.reshape(tf.transpose(y, [0, 4, 1, 2, 3]), [-1, 4])
    .arraySync() as number[][];
  for (const [first, ...rest] of channels) {
    rest.forEach((value) => assertEquals(value, first));
    assertAlmostEquals(first! * (first! - 4 / 3), 0, 1e-6); // 0 or 1 / (1 - rate)
  }
  const kept = channels.filter(([first]) => first! > 0).length;
  assertAlmostEquals(kept / channels.length, 0.75, 0.03);
});

testOpOnEngines("dropout() of voxels drops them one by one", () => {
  const options = { rate: 0.5, drops: "voxels", seed: seed(5, 6) } as const;
  const y = dropout(tf.ones([1, 4, 16, 16, 4]), options).dataSync();
  const dropped = y.filter((value) => value === 0).length;
  assertAlmostEquals(dropped / y.length, 0.5, 0.03);
  assertEquals(y.every((value) => value === 0 || value === 2), true);
});

for (const drops of ["channels", "voxels"] as const) {
  testOpOnEngines(`dropout() of ${drops} has the gradient of it`, () => {
    const options = { rate: 0.4, drops, seed: seed(7, 8) };
    checkGradients(
      (x: tf.Tensor5D) => dropout(x, options),
      [normalTensor<tf.Rank.R5>([1, 2, 3, 4, 5])],
    );
  });
}

testOpOnEngines("dropout() at rate 0 changes nothing", () => {
  const x = tf.tensor5d([1, 2], [1, 1, 1, 2, 1]);
  const y = dropout(x, { rate: 0, drops: "voxels", seed: seed(1, 1) });
  assertTensor(y, x.shape, [1, 2]);
});
