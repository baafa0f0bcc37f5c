import * as tf from "@tensorflow/tfjs-core";
import type { Snapshot } from "./snapshot.ts";

/** All numbers of a training after a step, on the engine; owns its tensors. */
export class TrainState implements Disposable {
  /** Steps done. */
  readonly step: number;
  /** The trained weights end to end, `[P]`. */
  readonly weights: tf.Tensor1D;
  /** The buffers end to end, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** What the optimizer keeps, `[P]` each. */
  readonly slots: readonly tf.Tensor1D[];

  /** Takes tensors over. */
  constructor(
    step: number,
    weights: tf.Tensor1D,
    buffers: tf.Tensor1D,
    slots: readonly tf.Tensor1D[],
  ) {
    this.step = step;
    this.weights = weights;
    this.buffers = buffers;
    this.slots = slots;
  }

  /** Uploads a snapshot. */
  static from(snapshot: Snapshot, slotNames: readonly string[]): TrainState {
    return new TrainState(
      snapshot.step,
      tf.tensor1d(snapshot.weights),
      tf.tensor1d(snapshot.buffers),
      slotNames.map((name) => tf.tensor1d(snapshot.slots[name]!)),
    );
  }

  /** Reads everything back. */
  async snapshot(slotNames: readonly string[]): Promise<Snapshot> {
    const read = async (tensor: tf.Tensor) =>
      (await tensor.data<"float32">()).slice();
    const slots: Record<string, Float32Array> = {};
    for (const [i, name] of slotNames.entries()) {
      slots[name] = await read(this.slots[i]!);
    }
    return {
      step: this.step,
      weights: await read(this.weights),
      buffers: await read(this.buffers),
      slots,
    };
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    tf.dispose([this.weights, this.buffers, ...this.slots]);
  }
}
