import * as tf from "@tensorflow/tfjs-core";
import { choice } from "@/core/mod.ts";
import type { Flow } from "../flow.ts";
import { checkLevels } from "./_fit.ts";
import { filtersOption, levelOptions, levelsOf } from "./_levels.ts";
import { defineNet } from "./_net.ts";
import { uNet } from "./_unet.ts";

/** What other U-Nets have in common. */
const plain = {
  upsampling: "transposed",
  skip: "concatenation",
  headKernelVox: [1, 1, 1],
};

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
    filters: filtersOption([32, 64, 96, 128, 160]),
    ...levelOptions,
    skip: choice(
      ["sum", "concatenation"],
      "sum",
      "how features that came up and those of the encoder become one",
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
    unet3d: {
      summary:
        "3D U-Net (Çiçek et al. 2016), all convolutions of a level alike",
      options: {
        ...plain,
        filters: [64, 128, 256, 512],
        anisotropicLevels: 0,
        block: { type: "plain" },
      },
    },
    vnet: {
      summary:
        "V-Net (Milletari et al. 2016), with batch norm, and ELU for PReLU",
      options: {
        ...plain,
        filters: [16, 32, 64, 128, 256],
        anisotropicLevels: 0,
        kernelsVox: new Array(5).fill([5, 5, 5]),
        activation: "elu",
        pooling: "convolution",
      },
    },
    nnUnet: {
      summary: "as nnU-Net (Isensee et al. 2021) plans for thick sections;" +
        " supervise coarser levels by loss.levels",
      options: {
        ...plain,
        filters: [32, 64, 128, 256, 320, 320],
        block: { type: "plain" },
        norm: { type: "instance" },
        activation: "leakyRelu",
        pooling: "convolution",
      },
    },
  },
  create(options) {
    const { filters, skip, neighbours } = options;
    const { activate, ...levels } = levelsOf(options);
    const finer = filters.slice(0, -1);
    const parts = {
      filters,
      poolsVox: levels.poolsVox,
      neighbours,
      encoder: filters.map((_, i) =>
        levels.block(i, i === 0 ? 1 + 2 * neighbours : filters[i - 1]!)
      ),
      downs: finer.map((_, i) => levels.down(i)),
      ups: finer.map((_, i) => levels.up(i)),
      isRecomputed: options.recompute,
      join: <F>(flow: Flow<F>, up: F, kept: F): F =>
        skip === "sum"
          ? flow.each((a, b) => activate(tf.add(a, b)), up, kept)
          : flow.concat([flow.each(activate, up), kept]),
      decoder: finer.map((channels, i) =>
        levels.block(i, skip === "sum" ? channels : 2 * channels)
      ),
    };
    return ({ heads, levels: coarse }) => {
      checkLevels(coarse, filters.length - 2);
      const ends = levels.ends(coarse + 1, heads);
      return uNet({ ...parts, ends });
    };
  },
});
