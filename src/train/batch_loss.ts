import * as tf from "@tensorflow/tfjs-core";
import { channelsOf, type Zyx } from "@/core/mod.ts";
import type { Target } from "@/data/mod.ts";
import { gradients } from "@/engine/mod.ts";
import {
  coarsen,
  inRegion,
  type LossInput,
  type LossTruth,
  mixLoss,
} from "@/loss/mod.ts";
import type { NetResult } from "@/model/mod.ts";
import type { LossParts } from "./parts.ts";
import { weightsOf } from "./snapshot.ts";
import type { ValueTensors } from "./state.ts";
import type { BatchTensors } from "./step_form.ts";
import { cutTensor, joinTensors, weave } from "./_weave.ts";

/** What a batch says of weights. */
export interface Derived {
  /** The gradient of the total loss, `[P]`. */
  readonly gradient: tf.Tensor1D;
  /** The buffers after the batch, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** The losses, total first, `[1 + terms]`. */
  readonly losses: tf.Tensor1D;
}

/** What a batch is judged with: weights `[P]` and buffers `[B]`. */
export interface Judged extends ValueTensors {
  /** The batch. */
  readonly batch: BatchTensors;
}

/** The loss of a batch and its gradient. */
export function lossGradient(
  { network, targets, terms }: LossParts,
): (given: Judged) => Derived {
  const kinds = weightsOf(network);
  return ({ weights, buffers, batch }) => {
    const fixed = cutTensor(buffers, kinds.buffers);
    let losses: tf.Tensor1D, nextBuffers: tf.Tensor1D;
    const { value, grads } = gradients(([w]) => {
      const { each, total, updates } = batchLoss(
        { network, targets, terms },
        {
          values: weave(network, {
            trained: cutTensor(w as tf.Tensor1D, kinds.trained),
            buffers: fixed,
          }),
          batch,
        },
      );
      losses = tf.keep(tf.stack([total, ...each]) as tf.Tensor1D);
      nextBuffers = tf.keep(
        kinds.buffers.length === 0 ? tf.clone(buffers) : joinTensors(
          kinds.buffers.map(({ name }, i) => updates.get(name) ?? fixed[i]!),
        ),
      );
      return total;
    }, [weights]);
    tf.dispose(value);
    const [lossesOut, buffersOut] = [losses!, nextBuffers!].map(release);
    return {
      gradient: grads[0] as tf.Tensor1D,
      buffers: buffersOut!,
      losses: lossesOut!,
    };
  };
}

/**
 * The loss of a batch, as one number and term by term; `values` are weights and
 * buffers in the network's order. The network is in training unless told.
 */
export function batchLoss(
  { network, targets, terms }: LossParts,
  { values, batch: { samples, factors, seed }, isTraining = true, watch }: {
    readonly values: readonly tf.Tensor[];
    readonly batch: BatchTensors;
    readonly isTraining?: boolean;
    readonly watch?: (layer: string, features: tf.Tensor5D) => void;
  },
): {
  total: tf.Scalar;
  each: readonly tf.Scalar[];
  logits: readonly tf.Tensor5D[];
  updates: ReadonlyMap<string, tf.Tensor>;
} {
  const { image, target, mask, weight, distanceNm } = samples;
  const floats = asFloats(image); // bytes come as they are
  const truth = {
    target: asFloats(target),
    mask: asFloats(mask),
    weight: asFloats(weight),
    ...distanceNm && { distanceNm },
  };
  const { logits, region, updates } = network.apply(values, floats, {
    isTraining,
    seed,
    watch,
  });
  const judgement = judged({ logits, region }, truth, targets);
  return {
    ...mixLoss(terms, { inputs: judgement, weights: factors }),
    logits,
    updates,
  };
}

/**
 * What the losses judge, by level and head: logits with the truth on their grid,
 * the finest with weights for where they are asked.
 */
function judged(
  { logits, region }: Pick<NetResult, "logits"> & {
    region: NetResult["region"];
  },
  { target, mask, weight, ...shared }: LossTruth,
  targets: LossParts["targets"],
): readonly (readonly LossInput[])[] {
  const said = saidBy(targets, target);
  const known = headsOf(mask), weighs = headsOf(weight);
  return logits.map((ofLevel, level) =>
    saidBy(targets, ofLevel).map((logits, head) => {
      const truth = {
        target: said[head]!,
        mask: known[head]!,
        weight: weighs[head]!,
        ...shared,
      };
      const { coarsening, values } = targets[head]!;
      if (level === 0) {
        return {
          logits,
          ...region ? inRegion(truth, { region, values }) : truth,
        };
      }
      const gridVox = logits.shape.slice(1, 4) as unknown as Zyx;
      return { logits, ...coarsen(truth, { gridVox, how: coarsening }) };
    })
  );
}

/** A part of a batch that may have come as bytes. */
function asFloats(x: tf.Tensor): tf.Tensor5D {
  return (x.dtype === "float32" ? x : tf.cast(x, "float32")) as tf.Tensor5D;
}

/** A tensor `[N, D, H, W, heads]` as one for each head, `[N, D, H, W, 1]`. */
function headsOf(x: tf.Tensor5D): readonly tf.Tensor5D[] {
  const heads = x.shape[4];
  return heads === 1 ? [x] : tf.split(x, heads, 4);
}

/** What each head says of a tensor `[N, D, H, W, channels]`, or is to say. */
export function saidBy(
  targets: readonly Pick<Target, "quantity">[],
  x: tf.Tensor5D,
): readonly tf.Tensor5D[] {
  const channels = targets.map(({ quantity }) => channelsOf(quantity));
  return channels.every((count) => count === 1)
    ? headsOf(x)
    : channels.length === 1
    ? [x]
    : tf.split(x, channels, 4);
}

/** Hands a tensor that was kept from one scope to the present one. */
function release(kept: tf.Tensor): tf.Tensor1D {
  const released = tf.clone(kept);
  kept.dispose();
  return released as tf.Tensor1D;
}
