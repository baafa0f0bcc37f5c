/// <reference lib="deno.worker" />
import * as tf from "@tensorflow/tfjs-core";
import { serveInThread } from "@/core/mod.ts";
import { openEngine } from "@/engine/mod.ts";
import { openForward } from "./forward.ts";
import type { AppliedNetwork, Tiles } from "./forward_threads.ts";
import { buildTraining } from "./training.ts";

serveInThread<AppliedNetwork, Tiles, Float32Array>(async (network) => {
  const { spec, head } = network;
  const engine = await openEngine({
    ...network.engine,
    threads: 1,
    notify: () => {}, // the process has said it
  });
  const values = {
    weights: tf.tensor1d(network.weights),
    buffers: tf.tensor1d(network.buffers),
  };
  const forward = openForward(engine, { ...buildTraining(spec), head })(values);
  return {
    answer: ({ image, shapeVox }) => forward(image, shapeVox),
    buffersOf: (said) => [said.buffer as ArrayBuffer],
    close() {
      tf.dispose([values.weights, values.buffers]);
      engine[Symbol.dispose]();
    },
  };
});
