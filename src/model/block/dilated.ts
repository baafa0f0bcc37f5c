import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import {
  count,
  ExperimentError,
  flag,
  mapZyx,
  type Zyx,
  zyxCount,
} from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { compose, sequence } from "../compose.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";

/**
 * The report's dilated block (N2): a convolution gives `r`, parallel chains of
 * dilated convolutions are added to it: `activate(r + f1(r) + f2(r) + …)`.
 * Dilations spread the taps of a kernel along every axis it spans; taps beyond
 * the image read zeros.
 */
export const dilated = defineBlock({
  name: "dilated",
  summary: "A convolution, then parallel chains of dilated ones added to it",
  options: {
    chains: z.array(z.array(z.int().min(1)).min(1).max(32).readonly()).min(1)
      .max(32).readonly()
      .default([[1], [1, 2], [1, 2, 4], [1, 2, 4, 8]])
      .describe("dilations of each chain's convolutions, one after another"),
    maxDilation: count(8, "chains end before a greater one"),
    adaptsToDepth: flag(
      false,
      "halves maxDilation with each level, whose voxels are about twice as large",
    ),
    firstKernelVox: zyxCount([3, 3, 3], "kernel of the first convolution"),
    firstBias: flag(true, "whether the first convolution has a bias"),
    startsAtZero: flag(
      false,
      "the chains add nothing at first: their last factors are 0",
    ),
  },
  create: (options) => ({ norm, activate, refine, level, ...shape }) => {
    const most = options.adaptsToDepth
      ? Math.max(1, options.maxDilation >> level)
      : options.maxDilation;
    const inner = { ...shape, inputs: shape.outputs };
    const first = convNorm(
      { ...shape, kernelVox: options.firstKernelVox as Zyx },
      norm,
      { activate, bias: options.firstBias },
    );
    const chains = chainsUpTo(most, options.chains).map((dilations) =>
      sequence(Object.fromEntries(dilations.map((dilation, i) => {
        const spread = mapZyx((axis) =>
          shape.kernelVox[axis] > 1 ? dilation : 1
        );
        const isLast = i === dilations.length - 1;
        const layer = convNorm({ ...inner, dilations: spread }, norm, {
          activate: isLast ? undefined : activate,
          startsAtZero: isLast && options.startsAtZero,
        });
        return [`conv${i}`, layer];
      })))
    );
    if (chains.length === 0) {
      throw new ExperimentError(
        `Cannot build a dilated block at level ${level}: every chain begins` +
          ` with a dilation above ${most}`,
        {
          where: "model.block.chains",
          fix: "Begin a chain with 1, or raise maxDilation",
        },
      );
    }
    const parts: Record<string, Layer> = { conv0: first };
    chains.forEach((chain, i) => parts[`chain${i}`] = chain);
    if (refine) parts["refine"] = refine;
    return compose(parts, (flow, x) => {
      const r = flow.through("conv0", x); // [N, D, H, W, C']
      const sum = chains.map((_, i) => flow.through(`chain${i}`, r))
        .reduce((a, b) => flow.each(tf.add, a, b));
      const f = refine ? flow.through("refine", sum) : sum;
      return flow.each((r, f) => activate(tf.add(r, f)), r, f);
    });
  },
});

/** The chains, each cut before a dilation above `most`; each once. */
function chainsUpTo(
  most: number,
  chains: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const cut = chains.map((chain) => {
    const end = chain.findIndex((dilation) => dilation > most);
    return end === -1 ? chain : chain.slice(0, end);
  }).filter((chain) => chain.length > 0);
  return [...new Map(cut.map((chain) => [chain.join(), chain])).values()];
}
