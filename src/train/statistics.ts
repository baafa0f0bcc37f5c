import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import type { Engine, PureFunction } from "@/engine/mod.ts";
import { type Network, seedAt } from "@/model/mod.ts";
import { cutTensor, joinTensors, weave } from "./_weave.ts";
import { weightsOf } from "./snapshot.ts";
import type { ValueTensors } from "./state.ts";
import type { BatchSource } from "./batch_source.ts";

/**
 * The statistics of one batch as a pure function. In: weights `[P]`, buffers
 * `[B]`, image `[N, D, H, W, 1]`, seed int32 `[2]`. Out: buffers `[B]`, each
 * running average replaced by what the batch alone says.
 */
export function statisticsPass(network: Network): PureFunction {
  const kinds = weightsOf(network);
  return ([weights, buffers, image, seed]) => {
    const fixed = cutTensor(buffers as tf.Tensor1D, kinds.buffers);
    const trained = cutTensor(weights as tf.Tensor1D, kinds.trained);
    const { updates } = network.apply(
      weave(network, { trained, buffers: fixed }),
      image as tf.Tensor5D,
      { isTraining: true, momentum: 1, seed: seed as tf.Tensor1D },
    );
    return [joinTensors(
      kinds.buffers.map(({ name }, i) => updates.get(name) ?? fixed[i]!),
    )];
  };
}

/**
 * Estimates the statistics of a network's normalisations: the mean over batches,
 * in 64 bits. Frozen weights and statistics come out as they are.
 *
 * @param seed Decides what layers such as dropout draw.
 */
export async function estimateBuffers(
  engine: Engine,
  network: Network,
  { values, batches, count, seed }: {
    readonly values: ValueTensors;
    readonly batches: BatchSource;
    readonly count: number;
    readonly seed: number;
  },
): Promise<Float32Array> {
  const sums = new Float64Array(values.buffers.size);
  if (sums.length === 0) return new Float32Array(0);
  using run = engine.compile("statistics", statisticsPass(network), {
    splits: [2],
  });
  for (let i = 0; i < count; i++) {
    const { batch } = await batches.next();
    const drawn = seedAt(openRng(seed).at("statistics", i));
    const inputs = [
      tf.tensor(batch.image, [...batch.shape]),
      tf.tensor1d(drawn, "int32"),
    ];
    const all = [values.weights, values.buffers, ...inputs];
    await run.prepare(all);
    const [buffers] = run(all);
    const found = await buffers!.data();
    for (let k = 0; k < sums.length; k++) sums[k]! += found[k]!;
    tf.dispose([...inputs, buffers!]);
  }
  return Float32Array.from(sums, (sum) => sum / count);
}
