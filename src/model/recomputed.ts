import type { Tensor, Tensor5D } from "@tensorflow/tfjs-core";
import { deciding, flag } from "@/core/mod.ts";
import { recompute } from "@/engine/mod.ts";
import type { Layer } from "./_layer.ts";
import { Declaration } from "./weights.ts";

/** The option of a network that saves memory; `what` is computed again. */
export function recomputeOption(what: string): ReturnType<typeof flag> {
  return deciding(
    "nothing",
    flag(
      false,
      `computes ${what} again in the backward pass instead of keeping their` +
        " features: same bits, less memory, about a third more time",
    ),
  );
}

/**
 * The same layer, but for its memory in training: of its features only the
 * input and the result are kept, the backward pass computes the others again
 * (Chen et al. 2016). Same weights, and the same bits everywhere.
 */
export function recomputed(layer: Layer): Layer {
  const own = new Declaration();
  layer.declare(own);
  const names = own.specs.map(({ name }) => name);
  return {
    ...layer,
    apply(weights, x) {
      if (!weights.isTraining) return layer.apply(weights, x);
      const seeds = weights.seed ? [weights.seed] : [];
      let updated: readonly string[] = [];
      const part = recompute((x: Tensor5D, ...tensors: Tensor[]) => {
        const values = new Map(names.map((name, i) => [name, tensors[i]!]));
        const seed = tensors[names.length] as typeof weights.seed;
        const scope = weights.with(values, seed);
        const y = layer.apply(scope, x);
        updated = [...scope.updates.keys()];
        return [y, ...scope.updates.values()] as [Tensor5D, ...Tensor[]];
      });
      const [y, ...updates] = part(
        x,
        ...names.map((name) => weights.get(name)),
        ...seeds,
      );
      weights.takeUpdates(
        new Map(updated.map((name, i) => [name, updates[i]!])),
      );
      return y;
    },
  };
}
