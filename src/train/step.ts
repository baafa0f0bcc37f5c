import * as tf from "@tensorflow/tfjs-core";
import { inPart, type PureFunction } from "@/engine/mod.ts";
import { type Network, sizeOfWeight } from "@/model/mod.ts";
import type { Averaging } from "./averaging/mod.ts";
import { type Derived, lossGradient } from "./batch_loss.ts";
import { clipGradient, normOf } from "./clip.ts";
import type { StepParts } from "./parts.ts";
import { weightsOf } from "./snapshot.ts";
import type { ValueTensors } from "./state.ts";
import {
  gatherInputs,
  gatherOutputs,
  stepInputs,
  stepOutputs,
  type StepScalars,
} from "./step_form.ts";
import { cutTensor, joinTensors } from "./_weave.ts";

/**
 * The training step as a pure function, so that an engine can compile it: from
 * what {@linkcode stepInputs} names to what {@linkcode stepOutputs} does.
 */
export function trainStep(parts: StepParts): PureFunction {
  const { network, optimizer, clip, accumulate = 1, averaging } = parts;
  const { trained } = weightsOf(network);
  const inputs = stepInputs(parts), outputs = stepOutputs(parts);
  const derive = lossGradient(parts);
  return (tensors) => {
    const { state, sum, batch, scalars } = inputs.unpack(tensors);
    const derived = derive({ ...state, batch });
    const gradient = sum
      ? tf.div<tf.Tensor1D>(tf.add(sum, derived.gradient), accumulate)
      : derived.gradient;
    const next = inPart("the optimizer", () =>
      optimizer.update({
        weights: state.weights,
        gradient: clip ? clipGradient(gradient, clip) : gradient,
        isKernel: () =>
          joinTensors(
            trained.map((spec) =>
              tf.fill([sizeOfWeight(spec)], spec.shape.length > 1 ? 1 : 0)
            ),
          ),
        slots: state.slots,
        learningRate: scalars.learningRate,
        scalars: scalars.ofOptimizer,
      }));
    const values = { weights: next.weights, buffers: derived.buffers };
    return outputs.pack({
      state: {
        ...values,
        slots: next.slots,
        mean: averaging
          ? nextMean(values, {
            ...{ network, averaging },
            mean: state.mean!,
            shares: scalars.shares!,
          })
          : null,
      },
      losses: derived.losses,
      gradientNorm: parts.tellsNorm ? normOf(gradient) : null,
    });
  };
}

/**
 * Adds a batch's gradient to those of other batches, as a pure function, for all
 * batches of a step but the last: from what {@linkcode gatherInputs} names to
 * what {@linkcode gatherOutputs} does.
 */
export function gatherStep(parts: StepParts): PureFunction {
  const inputs = gatherInputs(parts), outputs = gatherOutputs();
  const derive = lossGradient(parts);
  return (tensors) => {
    const { sum, ...given } = inputs.unpack(tensors);
    const { gradient, buffers, losses }: Derived = derive(given);
    return outputs.pack({ sum: tf.add(sum, gradient), buffers, losses });
  };
}

/** The mean of the weights and buffers after a step that gave `values`. */
function nextMean(
  values: ValueTensors,
  { network, averaging, mean, shares: { kept, added } }: {
    readonly network: Network;
    readonly averaging: Averaging;
    readonly mean: ValueTensors;
    readonly shares: NonNullable<StepScalars["shares"]>;
  },
): ValueTensors {
  const next = (was: tf.Tensor1D, is: tf.Tensor1D): tf.Tensor1D =>
    inPart(
      "the mean of the weights",
      () => tf.add(tf.mul(was, kept), tf.mul(is, added)),
    );
  return {
    weights: next(mean.weights, values.weights),
    buffers: averaging.statisticsFrom === null
      ? meanBuffers(network, { was: mean.buffers, is: values.buffers, next })
      : tf.clone(values.buffers),
  };
}

/** The next mean of buffers; weights among them, which never change, keep their bits. */
function meanBuffers(
  network: Network,
  { was, is, next }: {
    readonly was: tf.Tensor1D;
    readonly is: tf.Tensor1D;
    readonly next: (was: tf.Tensor1D, is: tf.Tensor1D) => tf.Tensor1D;
  },
): tf.Tensor1D {
  const { buffers: specs } = weightsOf(network);
  if (!specs.some((spec) => spec.isFrozen)) return next(was, is);
  const means = cutTensor(was, specs), now = cutTensor(is, specs);
  return joinTensors(specs.map(({ isFrozen }, i) => {
    const flat = [means[i]!, now[i]!].map((t) => tf.reshape(t, [-1]));
    const [before, after] = flat as [tf.Tensor1D, tf.Tensor1D];
    return isFrozen ? before : next(before, after);
  }));
}
