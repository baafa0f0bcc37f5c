import { dropout } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";

/** Drops a random share of the features in training; see {@linkcode dropout}. */
export function dropoutLayer(
  options: { readonly rate: number; readonly drops: "channels" | "voxels" },
): Layer {
  return {
    see: (x) => x,
    declare: () => {},
    apply: (weights, x) =>
      weights.isTraining && options.rate > 0
        ? dropout(x, { ...options, seed: weights.random("dropped") })
        : x,
  };
}
