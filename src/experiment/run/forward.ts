import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import { forwardPass, type ValueTensors } from "@/train/mod.ts";
import type { Training } from "./training.ts";

/**
 * A network on an engine as inference sees it: tiles in, probabilities out.
 * Borrows the tensors of what predicts.
 */
export function openForward(
  engine: Engine,
  { network, targets }: Pick<Training, "network" | "targets">,
): (values: ValueTensors) => Forward {
  const run = engine.compile("forward", forwardPass(network, targets[0]!));
  return ({ weights, buffers }) =>
  async (
    image,
    [depth, height, width]: Zyx,
  ) => {
    await setImmediate(); // lets signals in
    const input = tf.tensor(image, [1, depth, height, width, 1]);
    await run.prepare([weights, buffers, input]);
    const [probability] = run([weights, buffers, input]);
    const values = await probability!.data<"float32">();
    tf.dispose([input, probability!]);
    return values as Float32Array;
  };
}
