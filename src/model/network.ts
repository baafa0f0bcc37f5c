import type { Tensor, Tensor5D } from "@tensorflow/tfjs-core";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import { inPart } from "@/engine/mod.ts";
import type { NetResult } from "./flow.ts";
import type { Net } from "./net/_net.ts";
import { declareNet, Run } from "./net/_run.ts";
import type { Stage } from "./net/_stage.ts";
import { stagesOf } from "./net/_survey.ts";
import {
  type ApplyOptions,
  Declaration,
  Scope,
  sizeOfWeight,
  type WeightSpec,
} from "./weights.ts";

/** A network with its weights laid out: what training and inference run. */
export interface Network {
  /** Every weight and buffer, in the order of every list of them. */
  readonly weights: readonly WeightSpec[];
  /**
   * Maps an image `[N, D, H, W, 1]` as {@linkcode NetResult} says. `values` holds
   * one tensor for each of `weights`; in training, `updates` holds the next
   * values of the buffers, by name.
   */
  apply(
    values: readonly Tensor[],
    image: Tensor5D,
    options: ApplyOptions,
  ): NetResult & { readonly updates: ReadonlyMap<string, Tensor> };
}

/** Lays out a network's weights. */
export function layOut(net: Net): Network {
  const declaration = new Declaration();
  declareNet(net, declaration);
  const weights = declaration.specs;
  return {
    weights,
    apply(values, image, options) {
      const byName = new Map(weights.map(({ name }, i) => [name, values[i]!]));
      const scope = new Scope(byName, options);
      const result = inPart(
        "the network",
        () => net.lead(new Run(net, scope), image),
      );
      return { ...result, updates: scope.updates };
    },
  };
}

/** A stop with what it costs. */
export interface StageSummary extends Stage {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply-adds of its convolutions for one patch, forward. */
  readonly multiplyAdds: number;
}

/** What a network comes to for one patch. */
export interface NetworkSummary {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Voxels of the image that one logit depends on. */
  readonly receptiveVox: Zyx;
  /** Its stops, from the image to the logits. */
  readonly stages: readonly StageSummary[];
  /** Multiply-adds of the convolutions of one patch, forward. */
  readonly multiplyAdds: number;
  /** Numbers in the features of the stops of one patch that training keeps. */
  readonly keptActivations: number;
  /** The same of those that it computes again. */
  readonly recomputedActivations: number;
}

/**
 * Describes a network for a patch.
 *
 * @throws {ExperimentError} If the patch does not fit the network.
 */
export function describeNetwork(net: Net, patchVox: Zyx): NetworkSummary {
  const trained = layOut(net).weights.filter((w) => w.isTrainable);
  const sumOf = (prefix: string, count: (weight: WeightSpec) => number) =>
    trained.filter((w) => w.name.startsWith(prefix))
      .reduce((sum, w) => sum + count(w), 0);
  const stages = stagesOf(net, patchVox).map((stage) => ({
    ...stage,
    parameters: sumOf(`${stage.name}/`, sizeOfWeight),
    multiplyAdds: sumOf(
      `${stage.name}/`,
      (w) => Math.round(sizeOfWeight(w) * w.perVoxel * sizeOf(stage.shapeVox)),
    ),
  }));
  const activations = (isRecomputed: boolean) =>
    stages.filter((stage) => stage.isRecomputed === isRecomputed)
      .reduce((sum, s) => sum + sizeOf(s.shapeVox) * s.channels, 0);
  return {
    parameters: sumOf("", sizeOfWeight),
    multiplyAdds: stages.reduce((sum, s) => sum + s.multiplyAdds, 0),
    receptiveVox: stages.at(-1)!.receptiveVox,
    stages,
    keptActivations: activations(false),
    recomputedActivations: activations(true),
  };
}
