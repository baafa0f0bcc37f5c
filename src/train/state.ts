import * as tf from "@tensorflow/tfjs-core";
import type { Snapshot, Values } from "./snapshot.ts";

/** The numbers that make a network predict, on the engine. */
export interface ValueTensors {
  /** The trained weights end to end, `[P]`. */
  readonly weights: tf.Tensor1D;
  /** The buffers and frozen weights end to end, `[B]`. */
  readonly buffers: tf.Tensor1D;
}

/** All numbers of a training, on the engine. */
export interface StateTensors extends ValueTensors {
  /** What the optimizer keeps, `[P]` each. */
  readonly slots: readonly tf.Tensor1D[];
  /** The mean of the weights, if one is kept. */
  readonly mean: ValueTensors | null;
}

/** The same after a step; owns its tensors. */
export class TrainState implements Disposable, StateTensors {
  /** Steps done. */
  readonly step: number;
  readonly weights: tf.Tensor1D;
  readonly buffers: tf.Tensor1D;
  readonly slots: readonly tf.Tensor1D[];
  readonly mean: ValueTensors | null;

  /** Takes tensors over. */
  constructor(
    step: number,
    { weights, buffers, slots, mean = null }:
      & Omit<StateTensors, "mean">
      & Partial<Pick<StateTensors, "mean">>,
  ) {
    this.step = step;
    this.weights = weights;
    this.buffers = buffers;
    this.slots = slots;
    this.mean = mean;
  }

  /** What validates and predicts: the mean of the weights, or the weights. */
  get predicting(): ValueTensors {
    return this.mean ?? this;
  }

  /** Uploads a snapshot. */
  static from(snapshot: Snapshot, slotNames: readonly string[]): TrainState {
    const upload = ({ weights, buffers }: Values) => ({
      weights: tf.tensor1d(weights),
      buffers: tf.tensor1d(buffers),
    });
    return new TrainState(snapshot.step, {
      ...upload(snapshot),
      slots: slotNames.map((name) => tf.tensor1d(snapshot.slots[name]!)),
      mean: snapshot.mean ? upload(snapshot.mean) : null,
    });
  }

  /** Reads everything back. */
  async snapshot(slotNames: readonly string[]): Promise<Snapshot> {
    const read = async (tensor: tf.Tensor) =>
      (await tensor.data<"float32">()).slice();
    const readBoth = async ({ weights, buffers }: ValueTensors) => ({
      weights: await read(weights),
      buffers: await read(buffers),
    });
    const slots: Record<string, Float32Array> = {};
    for (const [i, name] of slotNames.entries()) {
      slots[name] = await read(this.slots[i]!);
    }
    return {
      step: this.step,
      ...await readBoth(this),
      slots,
      ...(this.mean && { mean: await readBoth(this.mean) }),
    };
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    const { weights, buffers, slots, mean } = this;
    tf.dispose([weights, buffers, ...slots]);
    if (mean) tf.dispose([mean.weights, mean.buffers]);
  }
}
