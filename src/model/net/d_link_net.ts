import * as z from "zod";
import { choice, count, flag } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { activation, activationOption } from "../activation.ts";
import { dilatedChain } from "../block/_dilated_chain.ts";
import { compose, sequence } from "../compose.ts";
import { kernelInits } from "../init.ts";
import { norms } from "../norm/mod.ts";
import { recomputed, recomputeOption } from "../recomputed.ts";
import { conv, convNorm } from "../unit.ts";
import { linkNet } from "./_link_net.ts";
import { checkLevels } from "./_fit.ts";
import { defineNet } from "./_net.ts";
import { at, resNet, resNetNames } from "./_res_net.ts";
import { neighboursOption } from "./neighbours.ts";

/**
 * D-LinkNet (N3; Zhou et al. 2018), a network for images: each section by
 * itself, with `neighbours` those beside it as channels. A ResNet, a chain of
 * dilated convolutions at its end, and decoder blocks whose results are added
 * to the ResNet's features.
 *
 * The weights have the names of torchvision's ResNet and of D-LinkNet:
 * `conv1` and `bn1` are `stem`, `layer1.0.conv1` and `.bn1` are
 * `layer1/0/conv1`, `layer2.0.downsample` is `layer2/0/downsample`,
 * `dblock.dilate1` is `centre/dilate1`, `decoder4.deconv2` and `.norm2` are
 * `decoder4/deconv2`, `finaldeconv1` and `finalconv2` are `final/deconv1` and
 * `final/conv2`, `finalconv3` is `head`. A `weight` `[Co, Ci, kh, kw]` is
 * `kernel` `[1, kh, kw, Ci, Co]`, transposed ones `[Ci, Co, kh, kw]` as well;
 * a normalisation's `weight`, `bias`, `running_mean` and `running_var` are
 * `gamma`, `beta`, `mean` and `variance`. Biases right before a normalisation,
 * which takes them away, are left out.
 */
export const dLinkNet = defineNet({
  name: "dLinkNet",
  summary: "D-LinkNet: ResNet with a dilated centre, section by section",
  options: {
    encoder: choice(resNetNames, "resnet34", "the ResNet that reads sections"),
    width: count(64, "channels of its stem and first stage; each doubles them"),
    lessPool: flag(
      false,
      "leaves out its last stage, so that the centre's grid is twice as fine",
    ),
    dilations: z.array(z.int().min(1)).max(32).readonly().optional().describe(
      "dilations of the centre's chain; [] is LinkNet; by default 1, 2, 4, 8," +
        " and 16 with blocks of three convolutions (50, 101) or lessPool",
    ),
    headChannels: count(32, "channels that the logits are read from"),
    norm: norms.schema.prefault({ type: "batch" })
      .describe("normalisation after each convolution of a block"),
    activation: activationOption("relu"),
    init: choice(
      kernelInits,
      "kaimingFanOut",
      "how the first kernels are drawn",
    ),
    neighbours: neighboursOption(),
    recompute: recomputeOption("stages"),
  },
  presets: {
    linkNet: {
      summary: "LinkNet (Chaurasia and Culurciello 2017): no dilated centre",
      options: { dilations: [] },
    },
  },
  create(options) {
    const { neighbours, init, lessPool, headChannels } = options;
    const norm = norms.create(options.norm);
    const activate = activation(options.activation);
    const { stem, stages, isDeep } = resNet(options.encoder, {
      inputs: 1 + 2 * neighbours,
      width: options.width,
      stages: lessPool ? 3 : 4,
      norm,
      activate,
      init,
    });
    const dilations = options.dilations ??
      [1, 2, 4, 8, ...isDeep || lessPool ? [16] : []];
    const filters = stages.map(({ channels }) => channels);
    const deepest = filters.at(-1)!;
    const keep = (layer: Layer) =>
      options.recompute ? recomputed(layer) : layer;
    const half = { strides: [1, 2, 2], isTransposed: true } as const;
    const decoder = (inputs: number, outputs: number) => {
      const inner = Math.max(1, Math.floor(inputs / 4));
      // The grid of its result is twice as fine as the one it reads.
      return sequence({
        conv1: convNorm(
          { ...at(inputs, inner, [1, 1, 1]), init, perVoxel: 1 / 4 },
          norm,
          { activate },
        ),
        deconv2: convNorm(
          {
            ...at(inner, inner, [1, 3, 3]),
            ...half,
            isCentred: true,
            init,
            perVoxel: 1 / 4,
          },
          norm,
          { activate },
        ),
        conv3: convNorm({ ...at(inner, outputs, [1, 1, 1]), init }, norm, {
          activate,
        }),
      });
    };
    const parts = {
      stem: keep(stem),
      stages: stages.map(({ layer }) => keep(layer)),
      centre: dilations.length === 0 ? undefined : keep(dilatedChain({
        channels: deepest,
        kernelVox: [1, 3, 3],
        dilations,
        activate,
        init,
      })),
      decoders: filters.map((inputs, i) =>
        keep(decoder(inputs, filters[Math.max(0, i - 1)]!))
      ),
      final: keep(compose({
        deconv1: conv({
          ...at(filters[0]!, headChannels, [1, 4, 4]),
          ...half,
          init,
          perVoxel: 1 / 4,
        }),
        conv2: conv({ ...at(headChannels, headChannels, [1, 3, 3]), init }),
      }, (flow, x) => {
        const y = flow.each(activate, flow.through("deconv1", x));
        return flow.each(activate, flow.through("conv2", y));
      })),
      channels: headChannels,
      neighbours,
      isRecomputed: options.recompute,
    };
    return ({ heads, levels }) => {
      checkLevels(levels, stages.length);
      // The head, then `level1` after `decoder1`, `level2` after `decoder2`, …
      const ends = [headChannels, filters[0]!, ...filters.slice(0, -1)]
        .slice(0, levels + 1)
        .map((inputs, i) => [
          i === 0 ? "head" : `level${i}`,
          conv({ ...at(inputs, heads, [1, 3, 3]), init }),
        ]);
      return linkNet({ ...parts, ends: Object.fromEntries(ends) });
    };
  },
});
