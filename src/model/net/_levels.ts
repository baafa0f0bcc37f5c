import * as z from "zod";
import { choice, ExperimentError, whole, type Zyx } from "@/core/mod.ts";
import type { Options } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import {
  type Activation,
  activation,
  activationOption,
} from "../activation.ts";
import { blocks } from "../block/mod.ts";
import type { Parts } from "../compose.ts";
import { down } from "../down.ts";
import { kernelInits } from "../init.ts";
import { norms } from "../norm/mod.ts";
import { recomputed, recomputeOption } from "../recomputed.ts";
import { conv } from "../unit.ts";
import { upConv } from "../up_conv.ts";
import { neighboursOption } from "./neighbours.ts";

const zyx = z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
  .readonly();
/** The extent of a kernel that has a middle. */
export const oddZyx = zyx.refine(
  (kernelVox) => kernelVox.every((extent) => extent % 2 === 1),
  "kernels have odd extents",
);

/** The option that gives a network its levels. */
export function filtersOption(
  byDefault: readonly number[],
): z.ZodDefault<z.ZodReadonly<z.ZodArray<z.ZodInt>>> {
  return z.array(z.int().min(1)).min(2).max(16).readonly().default([
    ...byDefault,
  ])
    .describe("channels of each level, finest first");
}

/** What can be said of the levels of a U-Net, besides their channels. */
export const levelOptions = {
  anisotropicLevels: whole(
    3,
    "levels, finest first, with flat kernels (1, 3, 3) and poolings (1, 2, 2)",
  ),
  kernelsVox: z.array(oddZyx).readonly().optional()
    .describe("kernel of each level, in place of what anisotropicLevels says"),
  poolsVox: z.array(zyx).readonly().optional()
    .describe("pooling after each level but the last, in place of the same"),
  upKernelVox: oddZyx.optional().describe(
    "kernel after each up-sampling; (1, 3, 3) or (3, 3, 3) as the pooling was",
  ),
  headKernelVox: oddZyx.optional()
    .describe("kernel of what gives the logits; as its level's by default"),
  block: blocks.schema.prefault({ type: "residual" })
    .describe("what stands on each level"),
  isotropicBlock: blocks.schema.optional()
    .describe("what stands below the anisotropic levels, in place of block"),
  centre: blocks.schema.optional()
    .describe("what stands on the coarsest level, in place of either"),
  norm: norms.schema.prefault({ type: "batch" })
    .describe("normalisation after each convolution of a block"),
  activation: activationOption("relu"),
  pooling: choice(
    ["max", "average", "convolution"],
    "max",
    "how features reach the coarser grid; convolution has the pooling's stride",
  ),
  upsampling: choice(
    ["trilinear", "nearest", "transposed"],
    "trilinear",
    "how features reach the finer grid: interpolated, then convolved, or" +
      " by a transposed convolution with the pooling's stride",
  ),
  init: choice(
    kernelInits,
    "kaimingFanOut",
    "how the first kernels are drawn",
  ),
  neighbours: neighboursOption(),
  recompute: recomputeOption("blocks"),
};

/** What stands on the levels of a U-Net and between them. */
export interface Levels {
  /** Windows between one level and the next. */
  readonly poolsVox: readonly Zyx[];
  /** The network's activation. */
  readonly activate: Activation;
  /** What stands on a level, for features with so many channels. */
  block(level: number, inputs: number): Layer;
  /** From a level to the next one. */
  down(level: number): Layer;
  /** To a level from the next one. */
  up(level: number): Layer;
  /**
   * What gives logits: `head` on the finest level, then `level1`, `level2`, …;
   * `count` of them.
   */
  ends(count: number, heads: number): Parts;
}

/**
 * Builds the levels of a U-Net.
 *
 * @throws {ExperimentError} If a list has not one value for each level.
 */
export function levelsOf(
  options: Options<typeof levelOptions> & {
    readonly filters: readonly number[];
  },
): Levels {
  const { filters, anisotropicLevels, init } = options;
  const isFlat = (level: number) => level < anisotropicLevels;
  const kernels = options.kernelsVox ??
    filters.map((_, i): Zyx => [isFlat(i) ? 1 : 3, 3, 3]);
  const pools = options.poolsVox ??
    filters.slice(1).map((_, i): Zyx => [isFlat(i) ? 1 : 2, 2, 2]);
  checkLength("kernelsVox", kernels, filters.length);
  checkLength("poolsVox", pools, filters.length - 1);

  const norm = norms.create(options.norm);
  const activate = activation(options.activation);
  const entryOf = (level: number) => {
    const usual = !isFlat(level) && options.isotropicBlock || options.block;
    return level === filters.length - 1 && options.centre || usual;
  };
  const kinds = filters.map((_, level) => blocks.create(entryOf(level)));
  return {
    poolsVox: pools,
    activate,
    block(level, inputs) {
      const layer = kinds[level]!({
        inputs,
        outputs: filters[level]!,
        kernelVox: kernels[level]!,
        norm,
        activate,
        init,
        level,
      });
      return options.recompute ? recomputed(layer) : layer;
    },
    down: (level) =>
      down(pools[level]!, options.pooling, {
        channels: filters[level]!,
        norm,
        activate,
        init,
      }),
    up: (level) =>
      upConv(
        {
          inputs: filters[level + 1]!,
          outputs: filters[level]!,
          kernelVox: options.upKernelVox ??
            [pools[level]![0] > 1 ? 3 : 1, 3, 3],
          init,
        },
        { factors: pools[level]!, mode: options.upsampling },
      ),
    ends: (count, heads) =>
      Object.fromEntries(
        filters.slice(0, count).map((inputs, i) => [
          i === 0 ? "head" : `level${i}`,
          conv({
            inputs,
            outputs: heads,
            kernelVox: options.headKernelVox ?? kernels[i]!,
            init,
          }),
        ]),
      ),
  };
}

/** Fails unless an option has one value for each of `count` places. */
function checkLength(
  option: string,
  values: readonly unknown[],
  count: number,
): void {
  if (values.length === count) return;
  throw new ExperimentError(
    `Cannot use ${values.length} values of ${option}: ${count} are needed with` +
      ` these filters`,
    {
      where: `model.${option}`,
      fix: `Give ${count}, or leave ${option} out`,
    },
  );
}
