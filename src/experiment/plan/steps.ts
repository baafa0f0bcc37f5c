import { sizeOf, type Zyx } from "@/core/mod.ts";
import type { Spec, TrainSpec } from "../spec/spec.ts";

/** How many steps a training has and when something is due. */
export interface PlanSteps {
  /** Steps in all. */
  readonly total: number;
  /** Steps between two checkpoints; one is written after the last step too. */
  readonly save: number;
  /** Steps between two validations; one follows the last step too. */
  readonly validate: number;
}

/** Turns counts of samples into counts of steps, rounded up. */
export function planSteps(
  train:
    & Pick<TrainSpec, "volumeTotal" | "volumeSave" | "validateEvery">
    & StepSize,
): PlanSteps {
  const perStep = samplesPerStep(train);
  return {
    total: Math.ceil(train.volumeTotal / perStep),
    save: Math.ceil(train.volumeSave / perStep),
    validate: Math.ceil(train.validateEvery / perStep),
  };
}

/** What decides how many samples a step consumes. */
export type StepSize = Pick<TrainSpec, "batch" | "accumulate">;

/** Samples that a step consumes: its batches times theirs. */
export function samplesPerStep({ batch, accumulate }: StepSize): number {
  return batch * accumulate;
}

/** Voxels that a step consumes: those of its samples. */
export function voxelsPerStep(
  { sampler, train }: Pick<Spec, "sampler"> & { readonly train: StepSize },
): number {
  return sizeOf(sampler.patchVox as Zyx) * samplesPerStep(train);
}
