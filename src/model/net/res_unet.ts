import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { choice, ExperimentError, flag, whole, type Zyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { activation, activationOption } from "../activation.ts";
import { blocks } from "../block/mod.ts";
import { down } from "../down.ts";
import { kernelInits } from "../init.ts";
import { norms } from "../norm/mod.ts";
import { recomputed } from "../recomputed.ts";
import { conv } from "../unit.ts";
import { upConv } from "../up_conv.ts";
import { checkLevels } from "./_fit.ts";
import { defineNet } from "./_net.ts";
import { uNet } from "./_unet.ts";
import { neighboursOption } from "./neighbours.ts";

const zyx = z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
  .readonly();
const odd = zyx.refine(
  (kernelVox) => kernelVox.every((extent) => extent % 2 === 1),
  "kernels have odd extents",
);

/**
 * The report's residual U-Net (N1; Lee et al. 2017 with sums instead of
 * concatenations): flat kernels and poolings on the finest levels, where
 * sections are far apart, cubic ones below. The defaults are its exact form
 * with 5,940,801 parameters; `plus` is its dilated one (N2).
 */
export const resUnet = defineNet({
  name: "resUnet",
  summary: "Residual U-Net for anisotropic volumes",
  options: {
    filters: z.array(z.int().min(1)).min(2).readonly()
      .default([32, 64, 96, 128, 160])
      .describe("channels of each level, finest first"),
    anisotropicLevels: whole(
      3,
      "levels, finest first, with flat kernels (1, 3, 3) and poolings (1, 2, 2)",
    ),
    kernelsVox: z.array(odd).readonly().optional()
      .describe(
        "kernel of each level, in place of what anisotropicLevels says",
      ),
    poolsVox: z.array(zyx).readonly().optional()
      .describe("pooling after each level but the last, in place of the same"),
    upKernelVox: odd.optional().describe(
      "kernel after each up-sampling; (1, 3, 3) or (3, 3, 3) as the pooling was",
    ),
    headKernelVox: odd.optional()
      .describe("kernel of what gives the logits; as its level's by default"),
    block: blocks.schema.prefault({ type: "residual" })
      .describe("what stands on each level"),
    isotropicBlock: blocks.schema.optional()
      .describe("what stands below the anisotropic levels, in place of block"),
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
    skip: choice(
      ["sum", "concatenation"],
      "sum",
      "how features that came up and those of the encoder become one",
    ),
    init: choice(
      kernelInits,
      "kaimingFanOut",
      "how the first kernels are drawn",
    ),
    neighbours: neighboursOption(),
    recompute: flag(
      false,
      "computes blocks again in the backward pass instead of keeping their" +
        " features: same bits, less memory, about a third more time",
    ),
  },
  presets: {
    report: { summary: "the report's N1: the defaults", options: {} },
    plus: {
      summary: "the report's dilated N2, 4,821,825 parameters",
      options: {
        filters: [32, 64, 64, 96, 96],
        activation: "elu",
        block: { type: "dilated" },
        isotropicBlock: { type: "residual" },
        upKernelVox: [3, 3, 3],
        headKernelVox: [3, 3, 3],
      },
    },
  },
  create(options) {
    const { filters, anisotropicLevels, skip, init, neighbours } = options;
    const levels = filters.length;
    const isFlat = (level: number) => level < anisotropicLevels;
    const kernels = options.kernelsVox ??
      filters.map((_, i): Zyx => [isFlat(i) ? 1 : 3, 3, 3]);
    const pools = options.poolsVox ??
      filters.slice(1).map((_, i): Zyx => [isFlat(i) ? 1 : 2, 2, 2]);
    checkLength("kernelsVox", kernels, levels);
    checkLength("poolsVox", pools, levels - 1);

    const norm = norms.create(options.norm);
    const activate = activation(options.activation);
    const above = blocks.create(options.block);
    const below = options.isotropicBlock
      ? blocks.create(options.isotropicBlock)
      : above;
    const at = (level: number, inputs: number): Layer => {
      const layer = (isFlat(level) ? above : below)({
        inputs,
        outputs: filters[level]!,
        kernelVox: kernels[level]!,
        norm,
        activate,
        init,
        level,
      });
      return options.recompute ? recomputed(layer) : layer;
    };
    const parts = {
      filters,
      poolsVox: pools,
      neighbours,
      encoder: filters.map((_, i) =>
        at(i, i === 0 ? 1 + 2 * neighbours : filters[i - 1]!)
      ),
      downs: pools.map((pool, i) =>
        down(pool, options.pooling, {
          channels: filters[i]!,
          norm,
          activate,
          init,
        })
      ),
      ups: pools.map((pool, i) =>
        upConv(
          {
            inputs: filters[i + 1]!,
            outputs: filters[i]!,
            kernelVox: options.upKernelVox ?? [pool[0] > 1 ? 3 : 1, 3, 3],
            init,
          },
          pool,
          options.upsampling,
        )
      ),
      interpolates: options.upsampling === "trilinear",
      join: (up: tf.Tensor5D, kept: tf.Tensor5D): tf.Tensor5D =>
        skip === "sum"
          ? activate(tf.add<tf.Tensor5D>(up, kept))
          : tf.concat([activate(up), kept], 4),
      decoder: filters.slice(0, -1).map((channels, i) =>
        at(i, skip === "sum" ? channels : 2 * channels)
      ),
    };

    return ({ heads, levels: coarse }) => {
      checkLevels(coarse, levels - 2);
      // One for each level that speaks: `head`, then `level1`, `level2`, …
      const ends = filters.slice(0, coarse + 1).map((inputs, i) => ({
        name: i === 0 ? "head" : `level${i}`,
        layer: conv({
          inputs,
          outputs: heads,
          kernelVox: options.headKernelVox ?? kernels[i]!,
          init,
        }),
      }));
      return uNet({ ...parts, ends, heads });
    };
  },
});

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
