import * as tf from "@tensorflow/tfjs-core";
import type { Batch } from "@/core/mod.ts";
import type { WeightSpec } from "@/model/mod.ts";
import { cutTensor, weave } from "./_weave.ts";
import { cutArray, weightsOf } from "./snapshot.ts";
import type { ValueTensors } from "./state.ts";
import { batchLoss, lossGradient } from "./batch_loss.ts";
import type { LossParts } from "./parts.ts";
import { uploadBatch } from "./upload.ts";

/** Where numbers that are not finite come from, and what to do about it. */
export interface Origin {
  /** A noun: the image of a sample, weights, a layer's output, a term, a gradient. */
  readonly what: string;
  /** In the imperative. */
  readonly fix: string;
}

/** A batch of a step, with what else decides what it says. */
export interface SuspectBatch {
  /** The batch. */
  readonly batch: Batch;
  /** The factors of the loss's terms. */
  readonly factors: readonly number[];
  /** The seed of what layers drew. */
  readonly seed: Int32Array;
}

const gentler = "Lower optimizer.learningRate, bound gradients by " +
  "train.clip, or set train.onNan to skip";

/**
 * Finds where the first number that is not finite came from in a step, by going
 * through it once more, operation by operation: the batch, the weights before
 * the step, each convolution's output in order, each term of the loss, the
 * gradient of each weight from the last layer to the first.
 */
export async function findOrigin(
  parts: LossParts,
  { state, suspects }: {
    /** The numbers before the step. */
    readonly state: ValueTensors & { readonly step: number };
    readonly suspects: readonly SuspectBatch[];
  },
): Promise<Origin> {
  for (const { batch } of suspects) {
    const found = inBatch(batch);
    if (found) return found;
  }
  const { trained } = weightsOf(parts.network);
  const weights = await state.weights.data<"float32">() as Float32Array;
  const passes = suspects.map((suspect) => pass(parts, state, suspect));
  const later = laterFirst(trained, passes[0]!.layers);
  const inWeights = firstNotFinite(later, cutArray(weights, trained), trained);
  if (inWeights !== undefined) {
    return {
      what: `the weights "${inWeights}" after step ${state.step}`,
      fix: gentler,
    };
  }
  const inForward = passes.find(({ origin }) => origin)?.origin;
  if (inForward) return inForward;
  for (const suspect of suspects) {
    const gradient = gradientOf(parts, state, suspect);
    const name = firstNotFinite(later, cutArray(gradient, trained), trained);
    if (name === undefined) continue;
    return { what: `the gradient of "${name}"`, fix: gentler };
  }
  return {
    what: "nothing that is found when the step is repeated",
    fix: gentler,
  };
}

/** A number of a batch that is not finite. */
function inBatch(batch: Batch): Origin | null {
  const arrays = {
    "the image": batch.image,
    "the target": batch.target,
    "the mask": batch.mask,
    "the weights of voxels": batch.weight,
    ...batch.distanceNm && { "the distances": batch.distanceNm },
  };
  const [n, d, h, w] = batch.shape;
  for (const [what, values] of Object.entries(arrays)) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at === -1) continue;
    const perVoxel = values.length / (n * d * h * w);
    const voxel = Math.floor(at / perVoxel);
    const place = [
      Math.floor(voxel / (h * w)) % d,
      Math.floor(voxel / w) % h,
      voxel % w,
    ];
    const sample = batch.indices[Math.floor(voxel / (d * h * w))];
    return {
      what: `${what} of sample ${sample}, ${values[at]} at voxel ${
        place.join(", ")
      }`,
      fix: `Look at it by "deno task replay RUN --sample ${sample}", ` +
        "and mend the data or the augmentation that made it",
    };
  }
  return null;
}

/** Goes forward, and notes the layers on the way and the first that is not finite. */
function pass(
  parts: LossParts,
  state: ValueTensors,
  { batch, factors, seed }: SuspectBatch,
): { layers: readonly string[]; origin: Origin | null } {
  const kinds = weightsOf(parts.network);
  const layers: string[] = [];
  let origin: Origin | null = null;
  const note = (what: string, values: tf.Tensor) => {
    if (!origin && !isFinite(values)) origin = { what, fix: gentler };
  };
  tf.tidy(() => {
    const { total, each, logits } = batchLoss(parts, {
      values: weave(parts.network, {
        trained: cutTensor(state.weights, kinds.trained),
        buffers: cutTensor(state.buffers, kinds.buffers),
      }),
      batch: uploadBatch(batch, { factors, seed }),
      watch(layer, features) {
        layers.push(layer);
        note(`the output of layer "${layer}"`, features);
      },
    });
    for (const values of logits) note("the logits", values);
    each.forEach((value, i) =>
      note(`the loss's term "${parts.terms[i]!.name}"`, value)
    );
    note("the sum of the loss's terms", total);
  });
  return { layers, origin };
}

function gradientOf(
  parts: LossParts,
  state: ValueTensors,
  { batch, factors, seed }: SuspectBatch,
): Float32Array {
  return tf.tidy(() => {
    const { gradient } = lossGradient(parts)({
      weights: state.weights,
      buffers: state.buffers,
      batch: uploadBatch(batch, { factors, seed }),
    });
    return gradient.dataSync<"float32">().slice() as Float32Array;
  });
}

/** Weights in the order in which gradients reach them: those of later layers first. */
function laterFirst(
  specs: readonly WeightSpec[],
  layers: readonly string[],
): readonly WeightSpec[] {
  const place = ({ name }: WeightSpec) =>
    layers.findLastIndex((layer) => name.startsWith(`${layer}/`));
  return specs.toSorted((a, b) => place(b) - place(a));
}

/** The name of the first weight whose part is not finite. */
function firstNotFinite(
  order: readonly WeightSpec[],
  parts: readonly Float32Array[],
  specs: readonly WeightSpec[],
): string | undefined {
  const partOf = new Map(specs.map((spec, i) => [spec, parts[i]!]));
  return order.find((spec) =>
    partOf.get(spec)!.some((value) => !Number.isFinite(value))
  )?.name;
}

function isFinite(values: tf.Tensor): boolean {
  return values.dataSync().every((value) => Number.isFinite(value));
}
