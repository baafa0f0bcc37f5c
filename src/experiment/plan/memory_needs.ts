import {
  availableBytes,
  checkMemory,
  inGiB,
  type MemoryNeed,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import { describeNetwork } from "@/model/mod.ts";
import { netOf } from "./heads.ts";
import type { Plan } from "./plan.ts";

/** Something that needs memory at once, and how much by an estimate. */
export interface EstimatedNeed extends MemoryNeed {
  /** Bytes. */
  readonly bytes: number;
  /** Whether the device that computes has to hold it. */
  readonly isOfDevice: boolean;
}

/** Estimates are good to about a third: what is refused takes more even so. */
const leastShare = 2 / 3;
/** Bytes for each voxel of a patch that waits: image, target and mask, as floats. */
const bytesPerVox = 12;
/** Bytes for each feature of a tile that a network is applied to. */
const bytesPerFeature = 4;

/** What a network takes for a tile that it is applied to, in bytes, by an estimate. */
export function tileBytes({ spec, inferPatchVox }: Plan): number {
  const { keptActivations, recomputedActivations } = describeNetwork(
    netOf(spec),
    inferPatchVox,
  );
  return bytesPerFeature * (keptActivations + recomputedActivations);
}

/** What a run needs memory for, each at another time or of another kind. */
export function memoryNeeds(plan: Plan): readonly EstimatedNeed[] {
  const { spec, memoryMiB } = plan;
  const { batch, ahead } = spec.train, patchVox = spec.sampler.patchVox as Zyx;
  return [
    {
      doing: "train with this network, patch and batch",
      bytes: memoryMiB * 2 ** 20,
      isOfDevice: true,
      where: "model, sampler.patchVox, train.batch",
      fix: "Lower train.batch, sampler.patchVox or the network's filters",
    },
    {
      doing: "prepare as many batches ahead",
      bytes: bytesPerVox * (ahead + 1) * batch * sizeOf(patchVox),
      isOfDevice: false,
      where: "train.ahead, train.batch, sampler.patchVox",
      fix: "Lower train.ahead, or train.batch or sampler.patchVox",
    },
    {
      doing: "apply this network to tiles as large",
      bytes: tileBytes(plan),
      isOfDevice: true,
      where: "infer.patchVox",
      fix: "Lower infer.patchVox, which sampler.patchVox stands for by default",
    },
  ];
}

/**
 * Fails for a plan that this machine's memory cannot hold, before anything is
 * read or computed; `onDevice` where another memory holds the network.
 *
 * @throws {ExperimentError} What takes how much, and what to lower.
 */
export function checkPlanMemory(
  plan: Plan,
  { onDevice }: { readonly onDevice: boolean },
): void {
  for (const { bytes, isOfDevice, ...need } of memoryNeeds(plan)) {
    if (isOfDevice && onDevice) continue;
    checkMemory(leastShare * bytes, need);
  }
}

/** What this machine may have too little memory for, a sentence each. */
export function memoryDoubts(plan: Plan): readonly string[] {
  const most = availableBytes();
  return memoryNeeds(plan).filter(({ bytes }) => bytes > most)
    .map(({ doing, bytes, fix }) =>
      `To ${doing} takes about ${inGiB(bytes)} of memory, ` +
      `this machine has ${inGiB(most)}. ${fix}`
    );
}
