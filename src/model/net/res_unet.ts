import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { choice, type Entry, whole, type Zyx } from "@/core/mod.ts";
import { maxPool3d } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";
import { activation, activationOption } from "../activation.ts";
import { blocks } from "../block/mod.ts";
import { norms } from "../norm/mod.ts";
import { conv } from "../unit.ts";
import { upConv } from "../up_conv.ts";
import { checkLevels, checkPatchDivides, Walk } from "./_fit.ts";
import { defineNet, type Stage } from "./_net.ts";

const zyx = z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
  .readonly();
const entry = (byDefault: Entry, summary: string, schema: z.ZodType<Entry>) =>
  schema.default(byDefault).describe(summary);

/**
 * The report's residual U-Net (N1; Lee et al. 2017 with sums instead of
 * concatenations): flat kernels and poolings on the finest levels, where
 * sections are far apart, cubic ones below. The defaults are its exact form
 * with 5,940,801 parameters.
 */
export const resUnet = defineNet({
  name: "resUnet",
  summary: "Residual U-Net for anisotropic volumes, skips summed",
  options: {
    filters: z.array(z.int().min(1)).min(2).readonly()
      .default([32, 64, 96, 128, 160])
      .describe("channels of each level, finest first"),
    anisotropicLevels: whole(
      3,
      "levels, finest first, with flat kernels (1, 3, 3) and poolings (1, 2, 2)",
    ),
    kernelsVox: z.array(zyx).readonly().optional()
      .describe(
        "kernel of each level, in place of what anisotropicLevels says",
      ),
    poolsVox: z.array(zyx).readonly().optional()
      .describe("pooling after each level but the last, in place of the same"),
    block: entry(
      { type: "residual", convolutions: 2 },
      "what stands on each level",
      blocks.schema,
    ),
    norm: entry(
      { type: "batch", momentum: 0.1, epsilon: 1e-5 },
      "normalisation after each convolution of a block",
      norms.schema,
    ),
    activation: activationOption("relu"),
    upsampling: choice(
      ["trilinear", "nearest"],
      "trilinear",
      "how features reach the finer grid before the convolution there",
    ),
  },
  create(options) {
    const { filters, anisotropicLevels, upsampling } = options;
    const levels = filters.length;
    const kernels = options.kernelsVox ??
      filters.map((_, i): Zyx => [i < anisotropicLevels ? 1 : 3, 3, 3]);
    const pools = options.poolsVox ??
      filters.slice(1).map((
        _,
        i,
      ): Zyx => [i < anisotropicLevels ? 1 : 2, 2, 2]);
    const norm = norms.create(options.norm);
    const activate = activation(options.activation);
    const block = blocks.create(options.block);
    const at = (level: number, inputs: number): Layer =>
      block({
        inputs,
        outputs: filters[level]!,
        kernelVox: kernels[level]!,
        norm,
        activate,
      });

    const encoder = filters.map((_, i) => at(i, i === 0 ? 1 : filters[i - 1]!));
    const decoder = filters.slice(0, -1).map((c, i) => at(i, c));
    const ups = pools.map((pool, i) =>
      upConv(
        {
          inputs: filters[i + 1]!,
          outputs: filters[i]!,
          kernelVox: [pool[0] > 1 ? 3 : 1, 3, 3],
        },
        pool,
        upsampling,
      )
    );

    return ({ heads, levels: coarse }) => {
      checkLevels(coarse, levels - 2);
      // One for each level that speaks: `head`, then `level1`, `level2`, …
      const ends = filters.slice(0, coarse + 1).map((inputs, i) => ({
        name: i === 0 ? "head" : `level${i}`,
        layer: conv({ inputs, outputs: heads, kernelVox: kernels[i]! }),
      }));
      return {
        declare(weights) {
          encoder.forEach((layer, i) =>
            layer.declare(weights.in(`encoder${i}`))
          );
          ups.forEach((layer, i) => layer.declare(weights.in(`up${i}`)));
          decoder.forEach((layer, i) =>
            layer.declare(weights.in(`decoder${i}`))
          );
          ends.forEach(({ name, layer }) => layer.declare(weights.in(name)));
        },
        apply(weights, image) {
          const skips: tf.Tensor5D[] = [];
          const logits: tf.Tensor5D[] = new Array(ends.length);
          let x = image; // [N, D, H, W, 1]
          for (let i = 0; i < levels; i++) {
            if (i > 0) x = maxPool3d(x, pools[i - 1]!);
            x = encoder[i]!.apply(weights.in(`encoder${i}`), x);
            skips.push(x);
          }
          for (let i = levels - 2; i >= 0; i--) {
            x = ups[i]!.apply(weights.in(`up${i}`), x);
            x = activate(tf.add<tf.Tensor5D>(x, skips[i]!));
            x = decoder[i]!.apply(weights.in(`decoder${i}`), x);
            const end = ends[i];
            if (end) logits[i] = end.layer.apply(weights.in(end.name), x);
          }
          return logits; // [N, D, H, W, heads], then coarser ones
        },
        stages(patchVox) {
          checkPatchDivides(patchVox, pools);
          const walk = new Walk(patchVox);
          const stages: Stage[] = [];
          const stop = (name: string, channels: number, layer: Layer) => {
            walk.through(layer.reachVox);
            const { shapeVox, receptiveVox } = walk;
            stages.push({ name, shapeVox, channels, receptiveVox });
          };
          encoder.forEach((layer, i) => {
            if (i > 0) walk.down(pools[i - 1]!);
            stop(`encoder${i}`, filters[i]!, layer);
          });
          for (let i = levels - 2; i >= 0; i--) {
            walk.up(pools[i]!);
            stop(`up${i}`, filters[i]!, ups[i]!);
            stop(`decoder${i}`, filters[i]!, decoder[i]!);
            const end = ends[i];
            if (end) {
              stages.push({
                name: end.name,
                shapeVox: walk.shapeVox,
                channels: heads,
                receptiveVox: walk.seenThrough(end.layer.reachVox),
              });
            }
          }
          return stages;
        },
      };
    };
  },
});
