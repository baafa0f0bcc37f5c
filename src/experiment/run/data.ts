import { ExperimentError, type Volume } from "@/core/mod.ts";
import {
  augmentations,
  countLabels,
  doubtOf,
  openChain,
  openPlan,
  openShared,
  type PipelinePlan,
  type Resource,
  shareVolume,
  type StreamPlan,
} from "@/data/mod.ts";
import { lossTerms, needsDistance } from "@/loss/mod.ts";
import type { RunInput } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { patchOf } from "./training.ts";
import type { DataPlace, Volumes } from "./volumes.ts";

/** What a run works on, all of it in memory. */
export interface RunData {
  /** What training samples are made of, and how. */
  readonly stream: StreamPlan;
  /** What the network is measured on. */
  readonly measured: Readonly<
    Record<"validation" | "test", readonly Volume[]>
  >;
  /** The files behind it, each with its roles. */
  readonly inputs: readonly RunInput[];
  /** What is doubtful about its labels, for the user. */
  readonly notes: readonly string[];
}

/**
 * Reads the regions of an experiment, and what its augmentations need besides,
 * once, so that whatever is wrong with them is known before a run begins, and no
 * change of a file can reach it later.
 *
 * @throws {ExperimentError} If one is damaged or has no labels, or no sample
 * can be made of the training data.
 */
export async function loadData(
  spec: Spec,
  { bySplit, inputs }: Volumes,
  place: DataPlace,
): Promise<RunData> {
  const measuredOf = (split: "validation" | "test") =>
    bySplit[split].map((volume, i) => {
      if (volume.hasLabels) return openShared(shareVolume(volume));
      throw new ExperimentError(
        "Cannot measure on a volume that has no cleft labels",
        {
          where: `data.${split}[${i}] "${volume.name}"`,
          fix: "Name a labelled volume; deno task predict needs no labels",
        },
      );
    });
  const shared = bySplit.train.map((volume) => shareVolume(volume));
  const resource = await loadResource(spec, shared.map(openShared), place);
  const stream: StreamPlan = {
    ...pipelinePlanOf(spec),
    resource,
    volumes: shared,
    batch: spec.train.batch,
    workers: spec.train.workers,
    ahead: spec.train.ahead,
    recordSamples: spec.train.recordSamples,
  };
  openPlan(stream); // refuses what the workers would refuse
  const measured = {
    validation: measuredOf("validation"),
    test: measuredOf("test"),
  };
  return {
    stream,
    measured,
    inputs: [...inputs, ...resourceInputs(resource)],
    notes: doubtsOf({ train: shared.map(openShared), ...measured }),
  };
}

/** The volumes of which more is cleft than of any tissue. */
function doubtsOf(
  bySplit: Readonly<Record<string, readonly Volume[]>>,
): readonly string[] {
  return Object.entries(bySplit).flatMap(([split, volumes]) =>
    volumes.flatMap((volume, i) => {
      if (volume.origin?.isMade) return []; // its labels are what was asked for
      const doubt = doubtOf(countLabels(volume));
      return doubt ? [`data.${split}[${i}] "${volume.name}": ${doubt}`] : [];
    })
  );
}

/** What decides each sample of an experiment but its data. */
export function pipelinePlanOf(spec: Spec): PipelinePlan {
  return {
    seed: spec.seed,
    sampler: spec.sampler,
    augment: spec.augment,
    target: spec.target,
    heads: spec.heads.map(({ target }) => target),
    needsDistance: needsDistance(lossTerms(spec.loss, spec.heads)),
    patchVox: patchOf(spec),
  };
}

/**
 * Reads what the augmentations of an experiment need besides samples.
 *
 * @throws {ExperimentError} If it is missing, damaged or does not fit.
 */
export async function loadResource(
  { augment }: Spec,
  volumes: readonly Volume[],
  place: DataPlace,
): Promise<Resource | undefined> {
  const { needs } = openChain(augment, augmentations.create);
  const resource = await needs?.load({ ...place, where: "augment", volumes });
  place.onInputs?.(resourceInputs(resource).map(({ path }) => path));
  return resource;
}

/** The files behind it, as a run records them. */
export function resourceInputs(
  resource: Resource | undefined,
): readonly RunInput[] {
  return (resource?.inputs ?? []).map((file) => ({
    role: "augment",
    split: null,
    run: null,
    ...file,
  }));
}
