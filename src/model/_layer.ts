import type { Tensor5D } from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Declaration, Scope } from "./weights.ts";

/** A part of a network: declares its weights once, then maps features. */
export interface Layer {
  /** Voxels it looks beyond a voxel on each side, in voxels of its own grid. */
  readonly reachVox: Zyx;
  /** Adds its weights. */
  declare(weights: Declaration): void;
  /** Maps `[N, D, H, W, C]` to `[N, D, H, W, C']`; the caller owns the result. */
  apply(weights: Scope, features: Tensor5D): Tensor5D;
}

/** The reach of layers that follow each other on one grid. */
export function sumReach(layers: readonly Layer[]): Zyx {
  const along = (axis: 0 | 1 | 2) =>
    layers.reduce((sum, layer) => sum + layer.reachVox[axis], 0);
  return [along(0), along(1), along(2)];
}

/** Layers one after another on one grid, each under its name. */
export function sequence(layers: Readonly<Record<string, Layer>>): Layer {
  const named = Object.entries(layers);
  return {
    reachVox: sumReach(Object.values(layers)),
    declare(weights) {
      for (const [name, layer] of named) layer.declare(weights.in(name));
    },
    apply: (weights, x) =>
      named.reduce((y, [name, layer]) => {
        const scope = weights.in(name);
        return scope.naming(() => layer.apply(scope, y));
      }, x),
  };
}
