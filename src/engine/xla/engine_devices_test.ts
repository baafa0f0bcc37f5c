import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { ExperimentError } from "@/core/mod.ts";
import { openOnDevices, testOnDevices } from "@test/devices.ts";
import {
  assertSameBits,
  assertTensor,
  closeForTests,
  normalTensor,
} from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { batchNorm } from "../op/batch_norm.ts";
import { dropout } from "../op/dropout.ts";
import { gradients } from "../op/gradients.ts";
import type { Engine, ProgramStore, PureFunction } from "../types.ts";
import { openXla } from "./engine.ts";

/** Of a batch `[4, 5, 3]` and a factor `[3]`: what is scaled, and its sum. */
const scaleAndSum: PureFunction = ([batch, factor]) => {
  const scaled = tf.mul(batch!, factor!);
  return [scaled, tf.sum(scaled)];
};

testOnDevices(
  "an engine of several devices computes what one does, whatever was where",
  async () => {
    const factors = [1, 2, 3],
      numbers = Array.from({ length: 60 }, (_, i) => i);
    const scaled = numbers.map((n) => n * factors[n % 3]!);
    const twice = scaled.map((n, i) => n * factors[i % 3]!);
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b);
    for (const devices of [2, 4]) {
      await using open = await openOnDevices(devices);
      assertEquals(open.engine.facts.devices.length, devices);
      using run = open.engine.compile("scale", scaleAndSum, { splits: [0] });
      tf.tidy(() => {
        const batch = tf.tensor3d(numbers, [4, 5, 3]);
        const factor = tf.tensor1d(factors);
        const results = run([batch, factor]);
        assertTensor(results[0]!, [4, 5, 3], scaled);
        assertTensor(results[1]!, [], [sum(scaled)]);
        // What all devices have becomes a batch, and what the first has whole.
        const again = run([results[0]!, tf.add(factor, 0)]);
        assertTensor(again[0]!, [4, 5, 3], twice);
        assertTensor(tf.add(again[1]!, 1), [], [sum(twice) + 1]);
        assertTensor(tf.add(batch, 1), [4, 5, 3], numbers.map((n) => n + 1));
      });
    }
  },
);

testOnDevices(
  "an engine of several devices gives each a part of the batch alone",
  async () => {
    await using open = await openOnDevices(2);
    const { engine } = open;
    using run = engine.compile("sum", ([x]) => [tf.sum(x!, 0)], {
      splits: [0],
    });
    const before = (await open.live()).buffers;
    const x = tf.tensor2d([1, 2, 3, 4], [4, 1]);
    const [found] = run([x]);
    // Two parts of the batch, and the sum on either device.
    assertEquals((await open.live()).buffers - before, 4);
    tf.dispose([x, found!]);
    assertEquals((await open.live()).buffers - before, 0);
  },
);

testOnDevices(
  "an engine of several devices takes over what it may",
  async () => {
    await using open = await openOnDevices(2);
    const f: PureFunction = ([sum, x]) => [tf.add(sum!, tf.sum(x!, 0))];
    using run = open.engine.compile("gather", f, { takes: [0], splits: [1] });
    let sum = tf.tensor1d([0, 0]);
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    for (let i = 0; i < 3; i++) sum = run([sum, x])[0] as tf.Tensor1D;
    assertTensor(sum, [2], [12, 18]);
    tf.dispose([sum, x]);
  },
);

/** A batch with other numbers in each of its samples, and weights of channels. */
function rows(): [tf.Tensor5D, tf.Tensor1D, tf.Tensor1D] {
  const x = normalTensor<tf.Rank.R5>([4, 2, 3, 3, 2], 1);
  const shift = tf.tensor1d([0, 1, 5, -3]).reshape([4, 1, 1, 1, 1]);
  return [
    tf.add(tf.mul(x, 2), shift),
    tf.tensor1d([1.5, 0.5]),
    tf.tensor1d([0.1, -2]),
  ];
}

/** What {@linkcode batchNorm} gives, and gradients with respect to its inputs. */
function normed(isSynchronised: boolean): PureFunction {
  return ([x, gamma, beta, pull]) => {
    const f = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
      batchNorm(
        x as tf.Tensor5D,
        gamma as tf.Tensor1D,
        beta as tf.Tensor1D,
        { epsilon: 1e-5, isSynchronised },
      );
    const { y, mean, variance } = f(x!, gamma!, beta!);
    const { grads } = gradients(
      ([x, gamma, beta]) =>
        tf.sum(tf.mul(f(x!, gamma!, beta!).y, pull!)) as tf.Scalar,
      [x!, gamma!, beta!],
    );
    return [y, mean, variance, ...grads];
  };
}

function runNormed(
  engine: Engine,
  isSynchronised: boolean,
  inputs: readonly tf.Tensor[],
): tf.Tensor[] {
  using run = engine.compile("norm", normed(isSynchronised), {
    splits: [0, 3],
  });
  return run(inputs);
}

testOnDevices(
  "batchNorm() of several devices is that of each part, or of the whole batch if synchronised",
  async () => {
    await using open = await openOnDevices(2);
    const { engine } = open;
    tf.tidy(() => {
      const [x, gamma, beta] = rows();
      const pull = normalTensor<tf.Rank.R5>([4, 2, 3, 3, 2], 2);
      const inputs = [x, gamma, beta, pull];
      using alone = engine.compile("alone", normed(true));
      const [first, second] = [0, 1].map((half) => {
        const ofHalf = (t: tf.Tensor5D) =>
          tf.slice(t, [2 * half, 0, 0, 0, 0], [2, 2, 3, 3, 2]);
        return alone([ofHalf(x), gamma, beta, ofHalf(pull)]);
      }) as [tf.Tensor[], tf.Tensor[]];
      const joined = [0, 1, 2, 3, 4, 5].map((i) => {
        const [a, b] = [first[i]!, second[i]!];
        if (i === 0 || i === 3) return tf.concat([a, b], 0); // y, and its gradient
        return i < 3 ? tf.div(tf.add(a, b), 2) : tf.add(a, b);
      });
      const expected = { parts: joined, whole: alone(inputs) };
      const found = {
        parts: runNormed(engine, false, inputs),
        whole: runNormed(engine, true, inputs),
      };
      for (const which of ["parts", "whole"] as const) {
        found[which].forEach((tensor, i) =>
          assertTensor(
            tensor,
            tensor.shape,
            expected[which][i]!.dataSync(),
            i === 2 ? 1e-4 : 2e-5,
          )
        );
      }
    });
  },
);

testOnDevices(
  "batchNorm() on one device is the same program, synchronised or not",
  async () => {
    const programs = [];
    for (const isSynchronised of [false, true]) {
      await using open = await openOnDevices(1);
      tf.tidy(() => {
        runNormed(open.engine, isSynchronised, [
          ...rows(),
          normalTensor<tf.Rank.R5>([4, 2, 3, 3, 2], 2),
        ]);
      });
      programs.push(open.engine.programs()[0]!.key);
    }
    assertEquals(programs[0], programs[1]);
  },
);

testOnDevices(
  "what several devices draw is what one draws, to the bit",
  async () => {
    const f: PureFunction = ([x, seed]) => [
      ...["voxels", "channels"].map((drops) =>
        dropout(x as tf.Tensor5D, {
          rate: 0.4,
          drops: drops as "voxels" | "channels",
          seed: seed as tf.Tensor1D,
        })
      ),
    ];
    const found: ArrayLike<number>[][] = [];
    for (const devices of [1, 2, 4]) {
      await using open = await openOnDevices(devices);
      using run = open.engine.compile("draw", f, { splits: [0] });
      found.push(
        tf.tidy(() =>
          run([tf.ones([4, 2, 3, 5, 3]), tf.tensor1d([7, 9], "int32")])
            .map((tensor) => tensor.dataSync())
        ),
      );
    }
    deepStrictEqual(found[1], found[0]);
    deepStrictEqual(found[2], found[0]);
    ok(found[0]!.every((drawn) => new Set(Array.from(drawn)).size === 2));
  },
);

testOnDevices(
  "a divided program that was saved gives the same bits",
  async () => {
    const kept = new Map<string, Uint8Array>();
    const store: ProgramStore = {
      find: (key) => kept.get(key) ?? null,
      keep: (key, bytes) => void kept.set(key, bytes),
    };
    const found: ArrayLike<number>[][] = [], origins: string[] = [];
    for (let time = 0; time < 2; time++) {
      await using open = await openOnDevices(4, { store });
      const inputs = tf.tidy(() => [
        ...rows(),
        normalTensor<tf.Rank.R5>([4, 2, 3, 3, 2], 2),
      ]);
      using run = open.engine.compile("norm", normed(false), {
        splits: [0, 3],
      });
      await run.prepare(inputs);
      const twice = [run(inputs), run(inputs)];
      assertSameBits(twice[0]!, twice[1]!);
      found.push(twice[0]!.map((tensor) => tensor.dataSync()));
      origins.push(open.engine.programs()[0]!.origin);
      tf.dispose([...inputs, ...twice.flat()]);
    }
    deepStrictEqual(origins, ["compiled", "loaded"]);
    deepStrictEqual(found[1], found[0]);
  },
);

testOnDevices("more devices than there are are refused", async () => {
  closeForTests("pjrt");
  await rejects(
    openXla({
      ...{ pluginPath: cpuPluginPath()!, precision: "fp32", devices: 5 },
      ...{ eager: false, store: undefined, notices: [], notify: () => {} },
    }),
    (error) => {
      assertEquals(
        `${error}`,
        "Cannot divide batches over 5 devices as there are 4 (cpu)\n" +
          "  at   train.devices\n" +
          "  fix  Set it to 4 or less",
      );
      return error instanceof ExperimentError;
    },
  );
  await using open = await openOnDevices(4); // nothing was left open
  assertEquals(open.engine.facts.devices.length, 4);
});
