import {
  type Batch,
  ExperimentError,
  type Ranking,
  sizeOf,
  type Volume,
} from "@/core/mod.ts";
import { openPipeline } from "@/data/mod.ts";
import { validationLoss } from "@/metric/mod.ts";
import { watchedBy } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { pipelinePlanOf } from "./data.ts";

/** Samples that are enough for the loss of a validation. */
const mostSamples = 32;

/** What the loss of a validation is measured on: the same samples each time. */
export interface LossBatches {
  /** How many. */
  readonly count: number;
  /** Makes one, as large as those of training; they count from 0. */
  make(index: number): Batch;
}

/** What was found of them. */
export interface LossBatchesFound {
  /** Them; null where the volumes cannot be sampled so, or there are none. */
  readonly batches: LossBatches | null;
  /** Why not, where there is something to validate on. */
  readonly note?: string;
}

/**
 * Samples of the validation data for the loss: taken as those of training are,
 * without augmentations; as many as would cover the volumes once, 32 at most,
 * rounded up to whole batches. They are the same for every seed, so that seeds
 * differ by their weights alone.
 *
 * @throws {ExperimentError} If the volumes cannot be sampled so, and training
 * watches the loss.
 */
export function findLossBatches(
  volumes: readonly Volume[],
  { spec, ranking }: { readonly spec: Spec; readonly ranking: Ranking },
): LossBatchesFound {
  if (volumes.length === 0) return { batches: null };
  const plan = { ...pipelinePlanOf(spec), seed: 0, augment: [] };
  const { batch } = spec.train;
  try {
    const pipeline = openPipeline(volumes, plan);
    const voxels = volumes.reduce((sum, one) => sum + sizeOf(one.shapeVox), 0);
    const covering = Math.ceil(voxels / sizeOf(plan.patchVox));
    return {
      batches: {
        count: Math.ceil(Math.min(mostSamples, covering) / batch),
        make: (index) => pipeline.batch(index, batch),
      },
    };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    const why = error.message.replace(/^C/, "c");
    if (watchedBy(spec, ranking).includes(validationLoss.name)) {
      throw new ExperimentError(
        `Cannot watch the loss of validations: ${why}`,
        {
          where: "data.validation",
          fix:
            "Watch another number, or name volumes that training could sample",
          cause: error,
        },
      );
    }
    return { batches: null, note: `no loss on validation data: ${why}` };
  }
}
