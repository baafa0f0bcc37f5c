import * as tf from "@tensorflow/tfjs-core";
import type { PureFunction } from "@/engine/mod.ts";

/** Whether a step may change the state it is given. */
export const go = {
  /** No: a step before it was not sound. */
  held: 0,
  /** If its loss and its gradient are finite. */
  ifSound: 1,
  /** Whatever its loss. */
  always: 2,
} as const;

/** What of a step is guarded. */
export interface Guarded {
  /** How many of its first inputs are the state, which its first outputs follow. */
  readonly stateCount: number;
  /** Whether it gives the gradient's length after its losses. */
  readonly tellsNorm: boolean;
}

/**
 * A training step that leaves the state as it was where it is not sound, as do
 * all that follow it, until they are told to go on: so that a device can be a
 * step ahead of whoever reads the losses, and nothing is lost.
 *
 * In: one of {@linkcode go} `[]`; the sum of the losses of batches gathered
 * before `[]`; buffers `[B]` as they were before those; what the step takes.
 * Out: the state; whether the next step may change it `[]`; and what there is to
 * read `[1 + losses]`, in one piece: that number, the losses, the gradient's length.
 */
export function guardStep(
  step: PureFunction,
  { stateCount, tellsNorm }: Guarded,
): PureFunction {
  return ([may, gathered, buffers, ...rest]) => {
    const outputs = step(rest);
    const [weights, , ...others] = rest.slice(0, stateCount);
    const before = [weights!, buffers!, ...others];
    const next = outputs.slice(0, stateCount);
    const told = outputs.slice(stateCount) as tf.Tensor1D[];
    const total = tf.slice(told[0]!, [0], [1]); // [1]
    const norm = tf.reshape(tellsNorm ? told[1]! : total, [1]);
    const isSound = tf.mul(finite(tf.add(total, gathered!)), finite(norm));
    const isKept = tf.greater(tf.add(may!, isSound), 1.5); // [1]
    const mayNext = tf.cast(isKept, "float32");
    return [
      ...next.map((tensor, i) => tf.where(isKept, tensor, before[i]!)),
      tf.reshape(mayNext, []),
      tf.concat([mayNext, told[0]!, ...(tellsNorm ? [norm] : [])]),
    ];
  };
}

/** 1 where a number is finite, else 0. */
function finite(x: tf.Tensor): tf.Tensor {
  return tf.cast(tf.isFinite(x), "float32");
}
