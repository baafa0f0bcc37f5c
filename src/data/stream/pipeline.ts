import { createHash } from "node:crypto";
import {
  type Batch,
  type Box,
  channelsOfAll,
  type Entry,
  ExperimentError,
  inArena,
  mapZyx,
  openRng,
  type Sample,
  type SampleTrace,
  sizeOf,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import {
  augmentations,
  openChain,
  type Resource,
  type StepRecord,
} from "../augment/mod.ts";
import { type Place, samplers } from "../sampler/mod.ts";
import { borderDistanceNm } from "../target/border_distance.ts";
import { interleave } from "../target/interleave.ts";
import { targets } from "../target/mod.ts";
import { readSample } from "./context.ts";
import { checkPartners, tracePartners } from "./trace_partners.ts";

/** What decides every sample of a run. */
export interface PipelinePlan {
  /** The run's seed. */
  readonly seed: number;
  /** Where samples are taken, an entry of the sampler catalog. */
  readonly sampler: Entry;
  /** What is done to them, in order. */
  readonly augment: readonly Entry[];
  /** What the primary head is to learn from them. */
  readonly target: Entry;
  /** What each auxiliary head is to learn; none by default. */
  readonly heads?: readonly Entry[];
  /** Whether batches carry the distances to the borders of clefts. */
  readonly needsDistance?: boolean;
  /** Extent of a sample. */
  readonly patchVox: Zyx;
  /** What the augmentations have read, if they need anything. */
  readonly resource?: Resource | undefined;
  /** What batches carry of each sample for the record; nothing by default. */
  readonly recordSamples?: SampleRecording;
}

/** What is recorded of each sample: its hash, also what was drawn, or nothing. */
export type SampleRecording = "hashes" | "parameters" | "none";

/** How one sample is made: all that was drawn for it, fit for JSON. */
export interface SampleRecord {
  /** Its number, from 0 over the run. */
  readonly index: number;
  /** Where it comes from. */
  readonly place: Place;
  /** What each augmentation drew, in order. */
  readonly steps: readonly StepRecord[];
}

/** One sample as training sees it. */
export interface Example {
  /** Grey values from 0 to 1, `[D, H, W]`. */
  readonly image: Float32Array;
  /** What the network should say, `[D, H, W, channels]`. */
  readonly target: Float32Array;
  /** 1 where that is known, `[D, H, W, heads]`. */
  readonly mask: Float32Array;
  /** Weight of each voxel, `[D, H, W, heads]`. */
  readonly weight: Float32Array;
  /** Nanometres to the border of a cleft, if a loss needs them, `[D, H, W]`. */
  readonly distanceNm?: Float32Array;
}

/** The SHA-256 over the bytes of an example's arrays, in the order it has them. */
export function hashExample(
  { image, target, mask, weight, distanceNm }: Example,
): string {
  const hash = createHash("sha256");
  for (const array of [image, target, mask, weight, distanceNm]) {
    if (!array) continue;
    hash.update(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  }
  return hash.digest("hex");
}

/** Makes samples by number: the same ones whoever asks, and in any order. */
export interface Pipeline {
  /** Draws everything that decides a sample. */
  draw(index: number): SampleRecord;
  /** Makes a sample from what was drawn. */
  make(record: SampleRecord): Sample;
  /** Makes what training sees of it. */
  example(record: SampleRecord): Example;
  /** Makes a batch of the samples `step * size` to `step * size + size - 1`. */
  batch(step: number, size: number): Batch;
}

/**
 * Opens the way from volumes to batches.
 *
 * @throws {ExperimentError} If a patch does not fit, a volume has no labels, or
 *   no partners that a head is to learn, or an augmentation cannot work on such
 *   patches.
 */
export function openPipeline(
  volumes: readonly Volume[],
  plan: PipelinePlan,
): Pipeline {
  const { patchVox, needsDistance, recordSamples = "none" } = plan;
  const root = openRng(plan.seed);
  const place = samplers.create(plan.sampler).open(volumes, patchVox);
  const augment = openAugmentations(plan);
  const heads = [plan.target, ...plan.heads ?? []].map(targets.create);
  const tracesPartners = heads.some(({ of }) => of === "partners");
  if (tracesPartners) checkPartners(volumes);

  function draw(index: number): SampleRecord {
    const rng = root.at("sample", index);
    const steps = augment.draw(patchVox, rng);
    return { index, place: place(rng.at("place")), steps };
  }

  function make({ place, steps }: SampleRecord): Sample {
    const marginVox = augment.marginVox!(patchVox, steps);
    const volume = volumes[place.volume]!;
    const box: Box = {
      startVox: mapZyx((axis) => place.startVox[axis] - marginVox[axis]),
      shapeVox: mapZyx((axis) => patchVox[axis] + 2 * marginVox[axis]),
    };
    return inArena(() => {
      const read = readSample(volume, box);
      const sample = tracesPartners
        ? tracePartners(read, { volume, box })
        : read;
      return augment.apply(sample, steps);
    });
  }

  function example(record: SampleRecord): Example {
    return inArena(() => {
      const sample = make(record);
      const patches = heads.map((target) => target.make(sample));
      return {
        image: sample.image,
        ...interleave(patches),
        ...needsDistance && { distanceNm: borderDistanceNm(sample) },
      };
    });
  }

  function batch(step: number, size: number): Batch {
    const indices = Array.from({ length: size }, (_, i) => step * size + i);
    const voxels = sizeOf(patchVox);
    const image = new Float32Array(size * voxels);
    const perSample = voxels * heads.length;
    const channels = channelsOfAll(heads);
    const Numbers = heads.every(({ values }) => values === "labels")
      ? Uint8Array
      : Float32Array;
    const target = new Numbers(size * voxels * channels);
    const mask = new Uint8Array(size * perSample);
    const weight = new Float32Array(size * perSample);
    const distanceNm = new Float32Array(needsDistance ? size * voxels : 0);
    const traces: SampleTrace[] = [];
    for (const [i, index] of indices.entries()) {
      const record = draw(index);
      const trace = inArena(() => {
        const one = example(record);
        image.set(one.image, i * voxels);
        target.set(one.target, i * voxels * channels);
        mask.set(one.mask, i * perSample);
        weight.set(one.weight, i * perSample);
        if (one.distanceNm) distanceNm.set(one.distanceNm, i * voxels);
        return traceOf(record, one);
      });
      if (trace) traces.push(trace);
    }
    const shape = [size, ...patchVox, 1] as const; // [N, D, H, W, 1]
    return {
      indices,
      traces,
      shape,
      heads: heads.length,
      channels,
      image,
      target,
      mask,
      weight,
      ...needsDistance && { distanceNm },
    };
  }

  /** What is recorded of an example, if anything is. */
  function traceOf(record: SampleRecord, one: Example): SampleTrace | null {
    if (recordSamples === "none") return null;
    const isWhole = recordSamples === "parameters";
    const drawn = isWhole ? JSON.stringify(record) : null;
    return { index: record.index, sha256: hashExample(one), drawn };
  }

  return { draw, make, example, batch };
}

/** The augmentations of a plan, with what they have read. */
function openAugmentations({ augment, patchVox, resource }: PipelinePlan) {
  for (const [k, entry] of augment.entries()) {
    const fault = augmentations.create(entry).check?.(patchVox);
    if (!fault) continue;
    throw new ExperimentError(
      `Cannot use augmentation "${entry.type}": ${fault}`,
      {
        where: `augment[${k}]`,
        fix: "Change sampler.patchVox or the options of the augmentation",
      },
    );
  }
  const chain = openChain(augment, augmentations.create);
  return resource && chain.needs ? chain.needs.with(resource) : chain;
}
