import { ExperimentError } from "@/core/mod.ts";
import type { Network } from "@/model/mod.ts";
import { matchNames } from "./pattern.ts";

/**
 * A network some of whose weights training leaves as they are, to the bit. No
 * gradient is computed for them. Running averages of normalisations follow the
 * batches as before.
 *
 * @param patterns As {@linkcode matchNames} takes them.
 * @throws {ExperimentError} If one matches no weight, or nothing is left to train.
 */
export function frozen(
  network: Network,
  { patterns, where = "freeze" }: {
    readonly patterns: readonly string[];
    readonly where?: string;
  },
): Network {
  if (patterns.length === 0) return network;
  const trained = network.weights.filter((w) => w.isTrainable);
  const names = trained.map(({ name }) => name);
  const matched = matchNames(patterns, { names, where });
  if (matched.size === trained.length) {
    throw new ExperimentError("Cannot train: every weight is frozen", {
      where,
      fix: "Leave a layer out of it, such as the head",
    });
  }
  return {
    ...network,
    weights: network.weights.map((spec) =>
      matched.has(spec.name)
        ? { ...spec, isTrainable: false, isFrozen: true }
        : spec
    ),
  };
}
