import * as tf from "@tensorflow/tfjs-core";
import { type Batch, letOthersIn } from "@/core/mod.ts";
import type { Engine, PureFunction } from "@/engine/mod.ts";
import { batchLoss, type Judged } from "./batch_loss.ts";
import { type Form, formOf, one, placesOf } from "./form.ts";
import type { LossParts } from "./parts.ts";
import { weightsOf } from "./snapshot.ts";
import type { ValueTensors } from "./state.ts";
import { batchForm } from "./step_form.ts";
import { uploadBatch } from "./upload.ts";
import { cutTensor, weave } from "./_weave.ts";

/** The form of what {@linkcode lossPass} takes. */
export function judgedForm(parts: Pick<LossParts, "terms">): Form<Judged> {
  return formOf<Judged>({
    weights: one(),
    buffers: one(),
    batch: batchForm(parts),
  });
}

/**
 * The loss of a batch as a pure function, of the network as it predicts: with
 * running averages, nothing dropped. In: what {@linkcode judgedForm} names. Out:
 * the weighted sum of all terms, `[]`.
 */
export function lossPass(parts: LossParts): PureFunction {
  const { network } = parts, kinds = weightsOf(network);
  const form = judgedForm(parts);
  return (tensors) => {
    const { weights, buffers, batch } = form.unpack(tensors);
    const values = weave(network, {
      trained: cutTensor(weights, kinds.trained),
      buffers: cutTensor(buffers, kinds.buffers),
    });
    return [batchLoss(parts, { values, batch, isTraining: false }).total];
  };
}

/** What weights and buffers come to on batches, at some factors of the terms. */
export type MeanLoss = (
  values: ValueTensors,
  given: {
    readonly batches: Iterable<Batch>;
    readonly factors: readonly number[];
  },
) => Promise<number>;

/**
 * Compiles the loss of a network as it predicts. Several devices share a batch as
 * they do in training.
 */
export function openMeanLoss(engine: Engine, parts: LossParts): MeanLoss {
  const form = judgedForm(parts);
  const run = engine.compile("loss", lossPass(parts), {
    splits: placesOf(form, "batch.samples"),
  });
  const seed = new Int32Array(2); // nothing is drawn
  return async (values, { batches, factors }) => {
    let sum = 0, count = 0;
    for (const batch of batches) {
      await letOthersIn();
      const tensors = form.pack({
        weights: values.weights,
        buffers: values.buffers,
        batch: uploadBatch(batch, { factors, seed }),
      });
      await run.prepare(tensors);
      const [loss] = run(tensors);
      sum += (await loss!.data())[0]!;
      count++;
      tf.dispose([loss!, ...tensors.slice(2)]); // weights and buffers are borrowed
    }
    return sum / count;
  };
}
