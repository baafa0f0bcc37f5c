/// <reference lib="deno.worker" />
import * as tf from "@tensorflow/tfjs-core";
import { faultOf } from "@/core/mod.ts";
import { openEngine } from "@/engine/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import type { Answer, AppliedNetwork, Request } from "./_forward_message.ts";
import { openForward } from "./forward.ts";
import { buildTraining } from "./training.ts";

let opened: Promise<Disposable & { forward: Forward }> | undefined;

async function open(network: AppliedNetwork) {
  const { spec, head, weights, buffers } = network;
  const engine = await openEngine({
    ...network.engine,
    threads: 1,
    notify: () => {}, // the process has said it
  });
  const values = {
    weights: tf.tensor1d(weights),
    buffers: tf.tensor1d(buffers),
  };
  return {
    forward: openForward(engine, { ...buildTraining(spec), head })(values),
    [Symbol.dispose]() {
      tf.dispose([values.weights, values.buffers]);
      engine[Symbol.dispose]();
    },
  };
}

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  if ("network" in data) {
    opened = open(data.network);
    opened.catch(() => {}); // said to the first tile
  } else if ("end" in data) {
    (await opened?.catch(() => null))?.[Symbol.dispose]();
    self.postMessage({ ended: true } satisfies Answer);
    self.close();
  } else {
    const { id, image, shapeVox } = data;
    try {
      const said = await (await opened!).forward(image, shapeVox);
      self.postMessage(
        { id, said } satisfies Answer,
        [said.buffer as ArrayBuffer],
      );
    } catch (error) {
      self.postMessage({ id, fault: faultOf(error) } satisfies Answer);
    }
  }
};
