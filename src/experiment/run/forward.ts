import * as tf from "@tensorflow/tfjs-core";
import { channelsOf, letOthersIn, type Zyx } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { type Forward, twins } from "@/infer/mod.ts";
import { forwardPass, type ValueTensors } from "@/train/mod.ts";
import type { Training } from "./training.ts";

/**
 * A network on an engine as inference sees it: tiles in, what a head says out,
 * that of the primary one by default. Borrows the tensors of what predicts.
 */
export function openForward(
  engine: Engine,
  { head = 0, ...training }: Pick<Training, "network" | "targets"> & {
    readonly head?: number;
  },
): (values: ValueTensors) => Forward {
  const said = openHeads(engine, { ...training, heads: [head] });
  return (values) => async (image, shapeVox) =>
    (await said(values, image, shapeVox))[0]!;
}

/** The same of two heads, each by a forward; see {@linkcode twins}. */
export function openTwins(
  engine: Engine,
  training: Pick<Training, "network" | "targets"> & {
    readonly heads: readonly [number, number];
  },
): (values: ValueTensors) => readonly [Forward, Forward] {
  const said = openHeads(engine, training);
  return (values) =>
    twins(async (image, shapeVox) => {
      const [first, second] = await said(values, image, shapeVox);
      return [first!, second!];
    });
}

function openHeads(
  engine: Engine,
  { network, targets, heads }: Pick<Training, "network" | "targets"> & {
    readonly heads: readonly number[];
  },
) {
  const run = engine.compile(
    "forward",
    forwardPass(network, { targets, heads }),
  );
  const channels = heads.map((head) => channelsOf(targets[head]!.quantity));
  return async (
    { weights, buffers }: ValueTensors,
    image: Float32Array,
    [depth, height, width]: Zyx,
  ): Promise<readonly Float32Array[]> => {
    await letOthersIn();
    const tiles = image.length / (depth * height * width);
    const input = tf.tensor(image, [tiles, depth, height, width, 1]);
    await run.prepare([weights, buffers, input]);
    const said = run([weights, buffers, input]);
    const values = await Promise.all(
      said.map((one) => one.data<"float32">()),
    );
    tf.dispose([input, ...said]);
    return values.map((one, i) =>
      channelsFirst(one as Float32Array, { channels: channels[i]!, tiles })
    );
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
