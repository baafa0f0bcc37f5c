import {
  type Batch,
  type Entry,
  ExperimentError,
  mapZyx,
  openRng,
  type Rng,
  type Sample,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import { type Augmentation, augmentations } from "../augment/mod.ts";
import { type Place, samplers } from "../sampler/mod.ts";
import { targets } from "../target/mod.ts";
import { readSample } from "./context.ts";

/** What decides every sample of a run. */
export interface PipelinePlan {
  /** The run's seed. */
  readonly seed: number;
  /** Where samples are taken, an entry of the sampler catalog. */
  readonly sampler: Entry;
  /** What is done to them, in order. */
  readonly augment: readonly Entry[];
  /** What is to be learnt from them. */
  readonly target: Entry;
  /** Extent of a sample. */
  readonly patchVox: Zyx;
}

/** What one augmentation drew for a sample. */
export interface StepRecord {
  /** The augmentation. */
  readonly type: string;
  /** What it drew; null where it leaves the sample alone. */
  readonly parameters: unknown;
}

/** How one sample is made: all that was drawn for it, fit for JSON. */
export interface SampleRecord {
  /** Its number, from 0 over the run. */
  readonly index: number;
  /** Where it comes from. */
  readonly place: Place;
  /** What each augmentation drew, in order. */
  readonly steps: readonly StepRecord[];
}

/** Makes samples by number: the same ones whoever asks, and in any order. */
export interface Pipeline {
  /** Draws everything that decides a sample. */
  draw(index: number): SampleRecord;
  /** Makes a sample from what was drawn. */
  make(record: SampleRecord): Sample;
  /** Makes a batch of the samples `step * size` to `step * size + size - 1`. */
  batch(step: number, size: number): Batch;
}

/**
 * Opens the way from volumes to batches.
 *
 * @throws {ExperimentError} If a patch does not fit, a volume has no labels, or
 *   an augmentation cannot work on such patches.
 */
export function openPipeline(
  volumes: readonly Volume[],
  plan: PipelinePlan,
): Pipeline {
  const { patchVox } = plan;
  const root = openRng(plan.seed);
  const place = samplers.create(plan.sampler).open(volumes, patchVox);
  const stages = plan.augment.map((entry, k) => openStage(entry, k, patchVox));
  const makeTarget = targets.create(plan.target);

  function draw(index: number): SampleRecord {
    const rng = root.at("sample", index);
    const steps: StepRecord[] = new Array(stages.length);
    // From the last stage back: the context one wants is drawn by those before.
    let shapeVox = patchVox;
    for (const [k, stage] of [...stages.entries()].reverse()) {
      const parameters = stage.draw(shapeVox, rng);
      steps[k] = { type: stage.type, parameters };
      shapeVox = stage.widen(shapeVox, parameters);
    }
    return { index, place: place(rng.at("place")), steps };
  }

  function make({ place, steps }: SampleRecord): Sample {
    const shapes = [patchVox]; // what goes into each stage, and what comes out last
    for (const [k, stage] of [...stages.entries()].reverse()) {
      shapes.unshift(stage.widen(shapes[0]!, steps[k]!.parameters));
    }
    const shapeVox = shapes[0]!;
    let sample = readSample(volumes[place.volume]!, {
      startVox: mapZyx((axis) =>
        place.startVox[axis] - (shapeVox[axis] - patchVox[axis]) / 2
      ),
      shapeVox,
    });
    for (const [k, stage] of stages.entries()) {
      sample = stage.apply(sample, steps[k]!.parameters);
      checkShape(sample, shapes[k + 1]!, stage.type);
    }
    return sample;
  }

  function batch(step: number, size: number): Batch {
    const indices = Array.from({ length: size }, (_, i) => step * size + i);
    const voxels = sizeOf(patchVox);
    const image = new Float32Array(size * voxels);
    const target = new Float32Array(size * voxels);
    const mask = new Float32Array(size * voxels);
    const weight = new Float32Array(size * voxels);
    for (const [i, index] of indices.entries()) {
      const sample = make(draw(index));
      const patch = makeTarget(sample);
      image.set(sample.image, i * voxels);
      target.set(patch.target, i * voxels);
      mask.set(patch.mask, i * voxels);
      weight.set(patch.weight, i * voxels);
    }
    const shape = [size, ...patchVox, 1] as const; // [N, D, H, W, 1]
    return { indices, shape, image, target, mask, weight };
  }

  return { draw, make, batch };
}

/** An augmentation at its place in the list, with its chance of being applied. */
function openStage(entry: Entry, k: number, patchVox: Zyx) {
  const augmentation: Augmentation = augmentations.create(entry);
  const fault = augmentation.check?.(patchVox);
  if (fault) {
    throw new ExperimentError(
      `Cannot use augmentation "${entry.type}": ${fault}`,
      {
        where: `augment[${k}]`,
        fix: "Change sampler.patchVox or the options of the augmentation",
      },
    );
  }
  return {
    type: entry.type,
    draw(shapeVox: Zyx, sampleRng: Rng): unknown {
      const rng = sampleRng.at("augment", k);
      const isApplied = rng.at("p").uniform(0, 1) < Number(entry.p ?? 1);
      return isApplied ? augmentation.draw(shapeVox, rng) : null;
    },
    widen(shapeVox: Zyx, parameters: unknown): Zyx {
      const margin = parameters === null
        ? undefined
        : augmentation.marginVox?.(shapeVox, parameters);
      return mapZyx((axis) => shapeVox[axis] + 2 * (margin?.[axis] ?? 0));
    },
    apply: (sample: Sample, parameters: unknown): Sample =>
      parameters === null ? sample : augmentation.apply(sample, parameters),
  };
}

/** Fails when an augmentation returned another shape than it should. */
function checkShape({ shapeVox }: Sample, wanted: Zyx, type: string): void {
  if (shapeVox.every((n, axis) => n === wanted[axis])) return;
  throw new TypeError(
    `Augmentation "${type}" returned [${shapeVox}] instead of [${wanted}]`,
  );
}
