import * as tf from "@tensorflow/tfjs-core";
import { choice } from "@/core/mod.ts";
import { checkLevels } from "./_fit.ts";
import { filtersOption, levelOptions, levelsOf } from "./_levels.ts";
import { defineNet } from "./_net.ts";
import { uNet } from "./_unet.ts";

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
      raising: levels.raising,
      join: (up: tf.Tensor5D, kept: tf.Tensor5D): tf.Tensor5D =>
        skip === "sum"
          ? activate(tf.add<tf.Tensor5D>(up, kept))
          : tf.concat([activate(up), kept], 4),
      decoder: finer.map((channels, i) =>
        levels.block(i, skip === "sum" ? channels : 2 * channels)
      ),
    };
    return ({ heads, levels: coarse }) => {
      checkLevels(coarse, filters.length - 2);
      return uNet({ ...parts, ends: levels.ends(coarse + 1, heads), heads });
    };
  },
});
