import * as tf from "@tensorflow/tfjs-core";
import { mapZyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { compose } from "../compose.ts";
import { conv } from "../unit.ts";
import type { BlockPlace } from "./_block.ts";

/** The centre of D-LinkNet, and where it stands. */
export interface DilatedChain
  extends Pick<BlockPlace, "kernelVox" | "activate" | "refine" | "init"> {
  /** Channels in and out. */
  readonly channels: number;
  /** Dilation of each convolution, along the axes that the kernel spans. */
  readonly dilations: readonly number[];
}

/**
 * D-LinkNet's centre block (N3; Zhou et al. 2018): one chain of dilated
 * convolutions with a bias, 0 at first, and an activation after each, but
 * without normalisation; what came in and all of their results are added up.
 */
export function dilatedChain(
  { channels, dilations, kernelVox, activate, refine, ...rest }: DilatedChain,
): Layer {
  const parts: Record<string, Layer> = {};
  dilations.forEach((dilation, i) =>
    parts[`dilate${i + 1}`] = conv({
      ...rest,
      inputs: channels,
      outputs: channels,
      kernelVox,
      dilations: mapZyx((axis) => kernelVox[axis] > 1 ? dilation : 1),
    })
  );
  const chain = Object.keys(parts);
  if (refine) parts["refine"] = refine;
  return compose(parts, (flow, x) => {
    let y = x;
    const results = chain.map((part) =>
      y = flow.each(activate, flow.through(part, y))
    );
    const sum = results.reduce((a, b) => flow.each(tf.add, a, b));
    const added = refine ? flow.through("refine", sum) : sum;
    return flow.each(tf.add, x, added);
  });
}
