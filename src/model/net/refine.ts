import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { ExperimentError, fraction } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { activation, activationOption } from "../activation.ts";
import { blocks } from "../block/mod.ts";
import type { NetFlow, NetResult } from "../flow.ts";
import { norms } from "../norm/mod.ts";
import { recomputed, recomputeOption } from "../recomputed.ts";
import { conv } from "../unit.ts";
import { bases } from "./_base.ts";
import { oddZyx } from "./_levels.ts";
import { defineNet } from "./_net.ts";
import { regionLayer } from "./_region.ts";

/**
 * Two stages (N7): another network gives a first answer; a few blocks on the
 * features that this answer was read from give a second one, which is asked only
 * where the first found something (SMP-6): in the region of voxels whose
 * probability is above a threshold, or close to one. In training what is no
 * cleft weighs nothing beyond the region; at inference the first answer stands
 * there.
 *
 * `loss.levels` supervises the first answer by its first weight, on the same
 * grid; coarser levels of the first stage by the further ones.
 */
export const refine = defineNet({
  name: "refine",
  summary: "A second stage where another network found something",
  options: {
    base: bases.schema.prefault({ type: "resUnet" })
      .describe("the network of the first stage"),
    filters: z.array(z.int().min(1)).min(1).max(16).readonly().default([
      32,
      64,
      64,
    ])
      .describe("channels of each block of the second stage"),
    kernelVox: oddZyx.default([1, 3, 3]).describe("kernel of the second stage"),
    block: blocks.schema.prefault({ type: "plain" })
      .describe("what the second stage consists of"),
    norm: norms.schema.prefault({ type: "batch" })
      .describe("normalisation after each convolution of a block"),
    activation: activationOption("relu"),
    threshold: fraction(
      0.5,
      "probability above which a voxel belongs to the region",
    ),
    reachVox: z.tuple([z.int().min(0), z.int().min(0), z.int().min(0)])
      .readonly().default([1, 8, 8])
      .describe("how far from such a voxel the region goes along each axis"),
    recompute: recomputeOption("the second stage's blocks"),
  },
  create(options) {
    const { filters, kernelVox, recompute: isRecomputed } = options;
    const norm = norms.create(options.norm);
    const activate = activation(options.activation);
    const block = blocks.create(options.block);
    const build = bases.create(options.base);
    return ({ heads, levels }) => {
      if (levels === 0) {
        throw new ExperimentError(
          "Cannot refine an answer that nothing supervises",
          {
            where: "loss.levels",
            fix: "Give the first stage a weight, such as levels: [1]",
          },
        );
      }
      const base = build({ heads, levels: levels - 1 });
      const blocksOf: Record<string, Layer> = {};
      filters.forEach((outputs, i) => {
        const inputs = i === 0 ? base.channels : filters[i - 1]!;
        const place = { inputs, outputs, kernelVox, norm, activate, level: 0 };
        const layer = block(place);
        blocksOf[`refine${i}`] = isRecomputed ? recomputed(layer) : layer;
      });
      const channels = filters.at(-1)!;
      const head = conv({ inputs: channels, outputs: heads, kernelVox });
      return {
        channels,
        poolsVox: base.poolsVox,
        isRecomputed,
        bases: { base },
        parts: { ...blocksOf, head, region: regionLayer(options) },
        lead<F>(flow: NetFlow<F>, image: F): NetResult<F> {
          const first = flow.base("base", image);
          const features = Object.keys(blocksOf)
            .reduce((x, part) => flow.through(part, x), first.features);
          const answer = first.logits[0]!; // [N, D, H, W, heads]
          const region = flow.through("region", answer);
          const choose = flow.isTraining ? secondOf : inRegion;
          const second = flow.stop(
            "head",
            () =>
              flow.each(choose, flow.through("head", features), answer, region),
          );
          const logits = [second, ...first.logits];
          return { logits, features, region };
        },
      };
    };
  },
});

/** In training the second answer stands as it is. */
function secondOf(second: tf.Tensor5D): tf.Tensor5D {
  return second;
}

/** At inference the second answer stands in the region, the first one beyond. */
function inRegion(
  second: tf.Tensor5D,
  first: tf.Tensor5D,
  region: tf.Tensor5D,
): tf.Tensor5D {
  const asked = tf.cast(region, "bool"); // [N, D, H, W, 1]
  const isInside = tf.tile(asked, [1, 1, 1, 1, second.shape[4]]);
  return tf.where<tf.Tensor5D>(isInside, second, first);
}
