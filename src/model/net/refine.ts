import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { ExperimentError, fraction } from "@/core/mod.ts";
import { type Layer, sequence } from "../_layer.ts";
import { activation, activationOption } from "../activation.ts";
import { blocks } from "../block/mod.ts";
import { norms } from "../norm/mod.ts";
import { recomputed, recomputeOption } from "../recomputed.ts";
import { conv } from "../unit.ts";
import { bases } from "./_base.ts";
import { oddZyx } from "./_levels.ts";
import { defineNet } from "./_net.ts";
import { regionOf } from "./_region.ts";
import { type Stage, stageAt } from "./_stage.ts";

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
    filters: z.array(z.int().min(1)).min(1).readonly().default([32, 64, 64])
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
    const { filters, kernelVox, reachVox } = options;
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
      const layers: Record<string, Layer> = {};
      filters.forEach((outputs, i) => {
        const inputs = i === 0 ? base.channels : filters[i - 1]!;
        const place = { inputs, outputs, kernelVox, norm, activate, level: 0 };
        const layer = block(place);
        layers[`refine${i}`] = options.recompute ? recomputed(layer) : layer;
      });
      const channels = filters.at(-1)!;
      const head = conv({ inputs: channels, outputs: heads, kernelVox });
      const chain = sequence(layers);
      return {
        channels,
        declare(weights) {
          base.declare(weights.in("base"));
          chain.declare(weights);
          head.declare(weights.in("head"));
        },
        apply(weights, image) {
          const first = base.apply(weights.in("base"), image);
          const features = chain.apply(weights, first.features);
          const second = head.apply(weights.in("head"), features);
          const answer = first.logits[0]!; // [N, D, H, W, heads]
          const region = regionOf(
            tf.slice(answer, [0, 0, 0, 0, 0], [-1, -1, -1, -1, 1]),
            options,
          );
          if (weights.isTraining) {
            return { logits: [second, ...first.logits], features, region };
          }
          const isInside = tf.tile(tf.cast(region, "bool"), [
            1,
            1,
            1,
            1,
            heads,
          ]);
          const refined = tf.where<tf.Tensor5D>(isInside, second, answer);
          return { logits: [refined, ...first.logits], features };
        },
        stages(patchVox) {
          const inBase = (name: string) =>
            name === "image" ? name : `base/${name}`;
          const before = base.stages(patchVox).map((stop): Stage => ({
            ...stop,
            name: inBase(stop.name),
            from: stop.from.map(inBase),
          }));
          const answer = before.at(-1)!;
          let last = before.find(({ name }) => name === answer.from[0])!;
          const after: Stage[] = [];
          for (const [i, [name, layer]] of Object.entries(layers).entries()) {
            last = stageAt(last.sight.through(layer.reachVox), {
              name,
              from: [last.name],
              channels: filters[i]!,
            });
            after.push({ ...last, isRecomputed: options.recompute });
          }
          const around = answer.sight.through(reachVox);
          const end = stageAt(last.sight.through(head.reachVox).with(around), {
            name: "head",
            from: [last.name, answer.name],
            channels: heads,
          });
          return [...before, ...after, end];
        },
      };
    };
  },
});
