import { ExperimentError, type Volume } from "@/core/mod.ts";
import {
  augmentations,
  type LabelCounts,
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
import { targetsOf } from "../plan/mod.ts";
import { hasKnownPartners } from "./measure_partners.ts";
import { LabelCounter } from "./label_counts.ts";
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
  /** What the labels of its regions hold, in their order. */
  readonly counts: readonly LabelCounts[];
}

/**
 * Reads the regions of an experiment, and what its augmentations need besides,
 * once, so that whatever is wrong with them is known before a run begins, and no
 * change of a file can reach it later.
 *
 * @throws {ExperimentError} If one is damaged, or no sample can be made of the
 * training data.
 */
export async function loadData(
  spec: Spec,
  { volumes, place }: { readonly volumes: Volumes; readonly place: DataPlace },
): Promise<RunData> {
  const withPartners = targetsOf(spec).some(({ of }) => of === "partners");
  const shared = volumes.of("train").map((volume) =>
    shareVolume(volume, { withPartners })
  );
  const resource = await loadResource(spec, {
    volumes: shared.map(openShared),
    place,
  });
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
  const isScored = spec.evaluate.partners !== undefined;
  const inMemory = (split: "validation" | "test") =>
    volumes.of(split).map((volume) =>
      openShared(
        shareVolume(volume, {
          withPartners: isScored || withPartners && split === "validation",
          withNeurons: isScored,
        }),
      )
    );
  const measured = {
    validation: inMemory("validation"),
    test: inMemory("test"),
  };
  if (isScored) checkScored(Object.values(measured).flat());
  const opened = [
    ...shared.map(openShared),
    ...measured.validation,
    ...measured.test,
  ];
  const counter = new LabelCounter(place);
  return {
    stream,
    measured,
    inputs: [...volumes.inputs, ...resourceInputs(resource)],
    counts: volumes.regions.map((region, i) =>
      counter.count(region, opened[i])
    ),
  };
}

/** Fails unless partners can be scored in one of the volumes. */
function checkScored(volumes: readonly Volume[]): void {
  if (volumes.some(hasKnownPartners)) return;
  throw new ExperimentError(
    "Cannot score partners: no volume to validate or test on has both a table " +
      "of them and neuron ids, its sections as they are",
    {
      where: "evaluate.partners",
      fix:
        "Add such a volume to data.validation or data.test, or remove the key",
    },
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
  { volumes, place }: {
    readonly volumes: readonly Volume[];
    readonly place: DataPlace;
  },
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
