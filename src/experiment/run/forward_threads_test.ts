import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { openEngine } from "@/engine/mod.ts";
import { TrainState } from "@/train/mod.ts";
import { smallPlan } from "./_testing.ts";
import { openForward } from "./forward.ts";
import { ForwardThreads, threadsFor } from "./forward_threads.ts";
import { buildTraining, firstState } from "./training.ts";

Deno.test("threadsFor() takes what is asked for, has work and fits into half of the memory", () => {
  const GiB = 2 ** 30, tileBytes = 0;
  const of = (tiles: number, threads: number, gib = 64) =>
    threadsFor({ tiles, threads, tileBytes }, gib * GiB);
  deepStrictEqual([of(1e4, 8), of(1e4, 1)], [8, 1]);
  deepStrictEqual([of(31, 8), of(32, 8), of(1, 8)], [1, 2, 1]);
  deepStrictEqual([of(1e4, 64, 4), of(1e4, 64, 0.1)], [10, 1]);
  deepStrictEqual(of(1e9, 0, 1e6), navigator.hardwareConcurrency);
  const large = threadsFor({ tiles: 1e4, threads: 8, tileBytes: GiB }, 4 * GiB);
  deepStrictEqual(large, 1);
});

Deno.test("ForwardThreads says of tiles what one engine does, and what is wrong", async () => {
  const { spec } = smallPlan(), training = buildTraining(spec);
  const snapshot = firstState(training, 3), { weights, buffers } = snapshot;
  const network = {
    ...{ spec, head: 0, weights, buffers },
    engine: { engine: "embedded", precision: "fp32", eager: false } as const,
  };
  const shapeVox = [2, 8, 8] as const, rng = openRng(1);
  const image = Float32Array.from({ length: 3 * 128 }, () => rng.uniform(0, 1));
  {
    using engine = await openEngine({
      ...network.engine,
      threads: 1,
      notify() {},
    });
    using state = TrainState.from(snapshot, training.optimizer.slotNames);
    const alone = openForward(engine, training)(state.predicting);
    await using threads = new ForwardThreads(network, 2);
    const said = await threads.forward(image, shapeVox);
    deepStrictEqual(said, await alone(image, shapeVox));
    ok(said.every((one) => one > 0 && one < 1), "numbers, not NaN");
    ok(said.some((one) => one !== said[0]));
    ok(image.length === 384, "the image is borrowed");
  }
  const fewer = { ...network, weights: weights.slice(1) };
  const threads = new ForwardThreads(fewer, 1);
  await rejects(threads.forward(image, shapeVox), (error: Error) => {
    match(error.message, /^Cannot predict a tile: /);
    return true;
  });
  const cut = threads.forward(image, shapeVox);
  const ends = rejects(cut, {
    message: "Cannot predict a tile: its threads were ended",
  });
  await threads[Symbol.asyncDispose]();
  await ends;
});
