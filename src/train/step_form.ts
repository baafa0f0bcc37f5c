import type * as tf from "@tensorflow/tfjs-core";
import { needsDistance } from "@/loss/mod.ts";
import { type Form, formOf, one, only, several } from "./form.ts";
import type { LossParts, StepParts } from "./parts.ts";
import type { StateTensors } from "./state.ts";

/** A batch, and what else decides what it says of weights. */
export interface BatchTensors {
  /** Its samples, `[N, D, H, W, …]`. */
  readonly samples: {
    /** Grey values, one channel. */
    readonly image: tf.Tensor5D;
    /** What is to be said, how far it is known and what it weighs. */
    readonly target: tf.Tensor5D;
    readonly mask: tf.Tensor5D;
    readonly weight: tf.Tensor5D;
    /** Distances to the borders of clefts, one channel, if a term needs them. */
    readonly distanceNm: tf.Tensor5D | null;
  };
  /** The factors of the loss's terms, `[terms]`. */
  readonly factors: tf.Tensor1D;
  /** The seed of what the step draws, int32 `[2]`. */
  readonly seed: tf.Tensor1D;
}

/** The numbers of a step, `[]` each. */
export interface StepScalars {
  /** The schedule's rate. */
  readonly learningRate: tf.Scalar;
  /** The optimizer's own. */
  readonly ofOptimizer: readonly tf.Scalar[];
  /** The shares of the mean and of the weights in the next mean, if there is one. */
  readonly shares: {
    readonly kept: tf.Scalar;
    readonly added: tf.Scalar;
  } | null;
}

/** What a training step takes. */
export interface StepTensors {
  /** The numbers it changes. */
  readonly state: StateTensors;
  /** If gradients accumulate, their sum over the batches before, `[P]`. */
  readonly sum: tf.Tensor1D | null;
  /** Its last batch. */
  readonly batch: BatchTensors;
  /** Its numbers. */
  readonly scalars: StepScalars;
}

/** What a training step gives. */
export interface StepResults {
  /** The numbers after it. */
  readonly state: StateTensors;
  /** The losses of its last batch, total first, `[1 + terms]`. */
  readonly losses: tf.Tensor1D;
  /** The gradient's length `[]`, if it is told. */
  readonly gradientNorm: tf.Scalar | null;
}

/** What a gathering of gradients takes. */
export interface GatherTensors {
  /** The weights, `[P]`. */
  readonly weights: tf.Tensor1D;
  /** The buffers, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** The sum of the gradients before, `[P]`. */
  readonly sum: tf.Tensor1D;
  /** A batch. */
  readonly batch: BatchTensors;
}

/** What a gathering of gradients gives. */
export interface GatherResults extends Pick<GatherTensors, "sum" | "buffers"> {
  /** The losses of the batch, total first, `[1 + terms]`. */
  readonly losses: tf.Tensor1D;
}

/** The form of a batch for some terms of a loss. */
export function batchForm(
  { terms }: Pick<LossParts, "terms">,
): Form<BatchTensors> {
  return formOf<BatchTensors>({
    samples: formOf<BatchTensors["samples"]>({
      image: one(),
      target: one(),
      mask: one(),
      weight: one(),
      distanceNm: only(needsDistance(terms), one()),
    }),
    factors: one(),
    seed: one(),
  });
}

/** The form of a training's state. */
export function stateForm(
  { optimizer, averaging }: Pick<StepParts, "optimizer" | "averaging">,
): Form<StateTensors> {
  const values = { weights: one<tf.Tensor1D>(), buffers: one<tf.Tensor1D>() };
  return formOf<StateTensors>({
    ...values,
    slots: several(optimizer.slotNames.length),
    mean: only(Boolean(averaging), formOf(values)),
  });
}

/** The form of the numbers of a step. */
export function scalarsForm(
  { optimizer, averaging }: Pick<StepParts, "optimizer" | "averaging">,
): Form<StepScalars> {
  return formOf<StepScalars>({
    learningRate: one(),
    ofOptimizer: several(optimizer.scalars(1).length),
    shares: only(Boolean(averaging), formOf({ kept: one(), added: one() })),
  });
}

/** The form of what a training step takes. */
export function stepInputs(parts: StepParts): Form<StepTensors> {
  return formOf<StepTensors>({
    state: stateForm(parts),
    sum: only((parts.accumulate ?? 1) > 1, one()),
    batch: batchForm(parts),
    scalars: scalarsForm(parts),
  });
}

/** The form of what a training step gives. */
export function stepOutputs(parts: StepParts): Form<StepResults> {
  return formOf<StepResults>({
    state: stateForm(parts),
    losses: one(),
    gradientNorm: only(parts.tellsNorm ?? false, one()),
  });
}

/** The form of what a gathering of gradients takes. */
export function gatherInputs(
  parts: Pick<LossParts, "terms">,
): Form<GatherTensors> {
  return formOf<GatherTensors>({
    weights: one(),
    buffers: one(),
    sum: one(),
    batch: batchForm(parts),
  });
}

/** The form of what a gathering of gradients gives. */
export function gatherOutputs(): Form<GatherResults> {
  return formOf<GatherResults>({ sum: one(), buffers: one(), losses: one() });
}
