import type { Grid, Ranking, Zyx } from "@/core/mod.ts";
import { mapZyx } from "@/core/mod.ts";
import type { LabelCounts } from "@/data/mod.ts";
import { ttas } from "@/infer/mod.ts";
import { describeNetwork } from "@/model/mod.ts";
import type { Split } from "@/record/mod.ts";
import type { Spec } from "../spec/spec.ts";
import { type PlanHashes, planHashes } from "./hash.ts";
import { estimateMemoryMiB } from "./memory.ts";
import { checkHeads, netOf } from "./heads.ts";
import { polarityHead } from "./partners.ts";
import { checkPostprocessing } from "./postprocessing.ts";
import { rankingOf } from "./ranking.ts";
import { type PlanSteps, planSteps } from "./steps.ts";
import { checkTraining, trainedNetwork, trainedNumbers } from "./training.ts";

/** The features at one stop of the network. */
export interface PlanShape {
  /** The stop's name, which begins the names of its weights. */
  readonly name: string;
  /** N, D, H, W, C. */
  readonly shape: readonly [number, number, number, number, number];
  /** Numbers that training changes there. */
  readonly parameters: number;
  /** Voxels of the image that one of its features depends on. */
  readonly receptiveVox: Zyx;
  /** The stops whose features it takes; `image` is the first of all. */
  readonly from: readonly string[];
  /** Multiply-adds of its convolutions for one patch, forward. */
  readonly multiplyAdds: number;
}

/** A volume or region that takes part. */
export interface PlanVolume extends Grid {
  /** What it is for. */
  readonly split: Split;
  /** What reports call it. */
  readonly name: string;
  /** What its labels hold, if they have been counted. */
  readonly labels?: LabelCounts;
}

/** Something about the data that a reader of the numbers should know before them. */
export interface Finding {
  /** `problem`: numbers are in doubt; `caution`: they may be; `note`: all is well. */
  readonly level: "problem" | "caution" | "note";
  /** A sentence without a full stop. */
  readonly text: string;
}

/** What an experiment comes to before it runs; plain data. */
export interface Plan extends PlanHashes {
  /** The version of this form. */
  readonly format: 1;
  /** The number that decides which weights are best. */
  readonly ranking: Ranking;
  /** The experiment with every default filled. */
  readonly spec: Spec;
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply-adds of the convolutions for one patch, forward. */
  readonly multiplyAdds: number;
  /** The network's stops, from the image to the logits. */
  readonly shapes: readonly PlanShape[];
  /** Voxels of the image that one logit depends on. */
  readonly receptiveVox: Zyx;
  /** The same in whole nanometres; null as long as no volume has been opened. */
  readonly receptiveNm: Zyx | null;
  /** Extent of a tile of inference. */
  readonly inferPatchVox: Zyx;
  /** Training steps, counted from 1. */
  readonly steps: PlanSteps;
  /** Peak memory of training, an estimate. */
  readonly memoryMiB: number;
  /** The volumes, as far as they have been opened. */
  readonly volumes: readonly PlanVolume[];
  /** What was found about them; nothing unless there is something to say. */
  readonly findings?: readonly Finding[];
}

/**
 * Plans an experiment: shapes, sizes, steps and hashes. Pure; `ranking` is what a
 * recorded run ranked its weights by.
 *
 * @throws {ExperimentError} If the network cannot take the patch, or inference
 * its tiles, has fewer levels than are to be supervised, or no weight that a
 * pattern names; if devices do not divide a batch; if a loss does not go with its
 * target; or if what is watched in validations, or chooses among sweeps, is not
 * measured there.
 */
export function planExperiment(
  spec: Spec,
  ranking: Ranking = rankingOf(spec),
): Plan {
  const patchVox = spec.sampler.patchVox as Zyx;
  const inferPatchVox = spec.infer.patchVox ?? patchVox;
  checkHeads(spec);
  const net = netOf(spec);
  const network = describeNetwork(net, patchVox);
  describeNetwork(net, inferPatchVox); // fails unless the tile fits as well
  ttas.create(spec.infer.tta).checkPatch(inferPatchVox);
  const trained = trainedNetwork(net, spec);
  checkPostprocessing(spec);
  polarityHead(spec); // fails unless one learns what is to be found
  checkTraining(spec, { network: trained, ranking });
  const { multiplyAdds, receptiveVox } = network;
  return {
    format: 1,
    ...planHashes(spec, ranking),
    ranking,
    spec,
    parameters: trainedNumbers(trained),
    multiplyAdds,
    shapes: network.stages.map((stage) => ({
      name: stage.name,
      shape: [spec.train.batch, ...stage.shapeVox, stage.channels],
      parameters: stage.parameters,
      receptiveVox: stage.receptiveVox,
      from: stage.from,
      multiplyAdds: stage.multiplyAdds,
    })),
    receptiveVox,
    receptiveNm: null,
    inferPatchVox,
    steps: planSteps(spec.train),
    memoryMiB: estimateMemoryMiB(network, spec.train),
    volumes: [],
  };
}

/** A plan with what was found about its data, in place of what it said of them. */
export function withFindings(
  { findings: _, ...plan }: Plan,
  findings: readonly Finding[],
): Plan {
  return findings.length > 0 ? { ...plan, findings } : plan;
}

/** A plan with what is known of its data, which leaves the hashes as they are. */
export function withVolumes(plan: Plan, volumes: readonly PlanVolume[]): Plan {
  const { receptiveVox } = plan;
  const voxelNm = volumes[0]?.voxelNm;
  return {
    ...plan,
    receptiveNm: voxelNm
      ? mapZyx((axis) => Math.round(receptiveVox[axis] * voxelNm[axis]))
      : null,
    volumes,
  };
}
