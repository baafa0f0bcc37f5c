import * as tf from "@tensorflow/tfjs-core";
import type { PureFunction } from "@/engine/mod.ts";
import { type Form, formOf, one } from "./form.ts";
import type { StepParts } from "./parts.ts";
import type { StateTensors } from "./state.ts";
import { trainStep } from "./step.ts";
import {
  stateForm,
  stepInputs,
  stepOutputs,
  type StepTensors,
} from "./step_form.ts";

/** Whether a step may change the state it is given. */
export const go = {
  /** No: a step before it was not sound. */
  held: 0,
  /** If its loss and its gradient are finite. */
  ifSound: 1,
  /** Whatever its loss. */
  always: 2,
} as const;

/** What a guarded step takes. */
export interface GuardedTensors {
  /** One of {@linkcode go}, `[]`. */
  readonly may: tf.Tensor;
  /** The sum of the losses of batches gathered before, `[1]`. */
  readonly gathered: tf.Tensor;
  /** The buffers as they were before those, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** What the step takes. */
  readonly step: StepTensors;
}

/** What a guarded step gives. */
export interface GuardedResults {
  /** The state after it. */
  readonly state: StateTensors;
  /** Whether the next step may change the state, `[]`. */
  readonly may: tf.Tensor;
  /**
   * What there is to read, in one piece: that number, the losses, and if it is
   * told, the gradient's length; `[1 + losses]` or `[2 + losses]`.
   */
  readonly told: tf.Tensor;
}

/** The form of what a guarded step takes. */
export function guardedInputs(parts: StepParts): Form<GuardedTensors> {
  return formOf<GuardedTensors>({
    may: one(),
    gathered: one(),
    buffers: one(),
    step: stepInputs(parts),
  });
}

/** The form of what a guarded step gives. */
export function guardedOutputs(parts: StepParts): Form<GuardedResults> {
  return formOf<GuardedResults>({
    state: stateForm(parts),
    may: one(),
    told: one(),
  });
}

/**
 * A training step that leaves the state as it was where it is not sound, as do
 * all that follow it, until they are told to go on: so that a device can be a
 * step ahead of whoever reads the losses, and nothing is lost. From what
 * {@linkcode guardedInputs} names to what {@linkcode guardedOutputs} does.
 */
export function guardStep(parts: StepParts): PureFunction {
  const step = trainStep(parts), states = stateForm(parts);
  const ofStep = { inputs: stepInputs(parts), outputs: stepOutputs(parts) };
  const inputs = guardedInputs(parts), outputs = guardedOutputs(parts);
  return (tensors) => {
    const given = inputs.unpack(tensors);
    const next = ofStep.outputs.unpack(step(ofStep.inputs.pack(given.step)));
    const { losses, gradientNorm } = next;
    const total = tf.slice(losses, [0], [1]); // [1]
    const norm = tf.reshape(gradientNorm ?? total, [1]);
    const isSound = tf.mul(
      finite(tf.add(total, given.gathered)),
      finite(norm),
    );
    const isKept = tf.greater(tf.add(given.may, isSound), 1.5); // [1]
    const mayNext = tf.cast(isKept, "float32");
    const before = states.pack({
      ...given.step.state,
      buffers: given.buffers,
    });
    return outputs.pack({
      state: states.unpack(
        states.pack(next.state)
          .map((tensor, i) => tf.where(isKept, tensor, before[i]!)),
      ),
      may: tf.reshape(mayNext, []),
      told: tf.concat([mayNext, losses, ...(gradientNorm ? [norm] : [])]),
    });
  };
}

/** 1 where a number is finite, else 0. */
function finite(x: tf.Tensor): tf.Tensor {
  return tf.cast(tf.isFinite(x), "float32");
}
