import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { channelsOf, type Zyx } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { Forward } from "@/infer/mod.ts";
import { forwardPass, type ValueTensors } from "@/train/mod.ts";
import type { Training } from "./training.ts";

/**
 * A network on an engine as inference sees it: tiles in, what a head says out,
 * that of the primary one by default. Borrows the tensors of what predicts.
 */
export function openForward(
  engine: Engine,
  { network, targets, head = 0 }: Pick<Training, "network" | "targets"> & {
    readonly head?: number;
  },
): (values: ValueTensors) => Forward {
  const run = engine.compile(
    "forward",
    forwardPass(network, { targets, head }),
  );
  const channels = channelsOf(targets[head]!.quantity);
  return ({ weights, buffers }) =>
  async (
    image,
    [depth, height, width]: Zyx,
  ) => {
    await setImmediate(); // lets signals in
    const tiles = image.length / (depth * height * width);
    const input = tf.tensor(image, [tiles, depth, height, width, 1]);
    await run.prepare([weights, buffers, input]);
    const [probability] = run([weights, buffers, input]);
    const values = await probability!.data<"float32">();
    tf.dispose([input, probability!]);
    return channelsFirst(values as Float32Array, { channels, tiles });
  };
}

/** `[tiles, voxels, C]` as `[tiles, C, voxels]`. */
export function channelsFirst(
  values: Float32Array,
  { channels, tiles }: { readonly channels: number; readonly tiles: number },
): Float32Array {
  if (channels === 1) return values;
  const size = values.length / tiles, voxels = size / channels;
  return values.map((_, i) => {
    const inTile = i % size, channel = Math.floor(inTile / voxels);
    return values[i - inTile + inTile % voxels * channels + channel]!;
  });
}
