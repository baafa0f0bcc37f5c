import { deepStrictEqual, notDeepStrictEqual } from "node:assert";
import { testOnEngines } from "@test/engines.ts";
import * as tf from "@tensorflow/tfjs-core";
import { averagings } from "./averaging/mod.ts";
import { optimizers } from "./optimizer/mod.ts";
import { termsOf, tinyBatch } from "./_testing.ts";
import { factorsAt, stepSeed, uploadBatch, uploadScalars } from "./upload.ts";

const rising = { from: 0, to: 2, over: [0, 1], shape: "linear" };
const terms = termsOf({ type: "bce" }, { type: "dice", weight: rising });

Deno.test("factorsAt() goes from the first step to the last", () => {
  const at = (step: number, totalSteps: number) =>
    factorsAt(terms, { step, totalSteps });
  deepStrictEqual(at(1, 5), [1, 0]);
  deepStrictEqual(at(3, 5), [1, 1]);
  deepStrictEqual(at(5, 5), [1, 2]);
  deepStrictEqual(at(2, 2), [1, 2]);
  deepStrictEqual(at(1, 1), [1, 0], "the only step is the first");
});

Deno.test("stepSeed() differs by seed, step and batch, and is the same again", () => {
  const seeds = [1, 2].flatMap((seed) =>
    [1, 2].flatMap((step) =>
      [0, 1, 2].map((batch) => [...stepSeed(seed, { step, batch })].join())
    )
  );
  deepStrictEqual(new Set(seeds).size, seeds.length);
  deepStrictEqual(
    stepSeed(1, { step: 2, batch: 1 }),
    stepSeed(1, { step: 2, batch: 1 }),
  );
});

testOnEngines(
  "uploadBatch() keeps bytes as bytes and shapes by what they hold",
  () => {
    tf.tidy(() => {
      const batch = tinyBatch([0, 1]);
      const given = { factors: [1, 2], seed: Int32Array.of(3, 4) };
      const { samples, factors, seed } = uploadBatch(batch, given);
      deepStrictEqual(samples.image.shape, [2, 2, 8, 8, 1]);
      deepStrictEqual(samples.mask.dtype, "bool");
      deepStrictEqual(samples.target.dtype, "float32");
      deepStrictEqual(samples.image.dataSync(), batch.image);
      deepStrictEqual(samples.weight.dataSync(), batch.weight);
      deepStrictEqual(samples.distanceNm, null);
      deepStrictEqual([...factors.dataSync(), ...seed.dataSync()], [
        1,
        2,
        3,
        4,
      ]);
      deepStrictEqual(seed.dtype, "int32");
      const voxels = batch.image.length;
      const two = uploadBatch({
        ...batch,
        heads: 2,
        channels: 2,
        target: new Uint8Array(2 * voxels),
        mask: new Uint8Array(2 * voxels),
        weight: new Float32Array(2 * voxels),
        distanceNm: new Float32Array(voxels).fill(7),
      }, given).samples;
      deepStrictEqual(two.target.shape, [2, 2, 8, 8, 2]);
      deepStrictEqual(two.distanceNm!.shape, [2, 2, 8, 8, 1]);
      deepStrictEqual(two.distanceNm!.dataSync()[0], 7);
    });
  },
);

testOnEngines(
  "uploadScalars() gives rate, the optimizer's numbers and the shares of a mean",
  () => {
    tf.tidy(() => {
      const numbers = { step: 3, totalSteps: 9, learningRate: .5 };
      const optimizer = optimizers.create(
        optimizers.schema.parse({ type: "adam" }),
      );
      const of = (x: tf.Scalar) => x.dataSync()[0]!;
      const plain = uploadScalars({ optimizer }, numbers);
      deepStrictEqual(of(plain.learningRate), .5);
      deepStrictEqual(
        plain.ofOptimizer.map(of),
        optimizer.scalars(3).map(Math.fround),
      );
      notDeepStrictEqual(
        plain.ofOptimizer.map(of),
        optimizer.scalars(2).map(Math.fround),
      );
      deepStrictEqual(plain.shares, null);
      const averaging = averagings.create(
        averagings.schema.parse({ type: "stochastic", from: 0, everySteps: 1 }),
      )!;
      const share = averaging.share(3, 9);
      const { kept, added } = uploadScalars({ optimizer, averaging }, numbers)
        .shares!;
      deepStrictEqual(
        [of(kept), of(added)],
        [1 - share, share].map(Math.fround),
      );
    });
  },
);
