import * as tf from "@tensorflow/tfjs-core";
import { mapZyx } from "@/core/mod.ts";
import { type Layer, sumReach } from "../_layer.ts";
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
  const layers = dilations.map((dilation) =>
    conv({
      ...rest,
      inputs: channels,
      outputs: channels,
      kernelVox,
      dilations: mapZyx((axis) => kernelVox[axis] > 1 ? dilation : 1),
    })
  );
  const nameOf = (i: number) => `dilate${i + 1}`;
  return {
    reachVox: sumReach(refine ? [...layers, refine] : layers),
    declare(weights) {
      layers.forEach((layer, i) => layer.declare(weights.in(nameOf(i))));
      refine?.declare(weights.in("refine"));
    },
    apply(weights, x) {
      let y = x;
      const results = layers.map((layer, i) =>
        y = activate(layer.apply(weights.in(nameOf(i)), y))
      );
      const sum = results.reduce((a, b) => tf.add(a, b));
      const added = refine ? refine.apply(weights.in("refine"), sum) : sum;
      return tf.add(x, added);
    },
  };
}
