import { canonicalJson, ExperimentError } from "@/core/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { Spec } from "../spec/spec.ts";

/** What makes numbers of trials comparable, and what it is called. */
const shared:
  readonly (readonly [name: string, of: (spec: Spec) => unknown])[] = [
    ["data.validation", ({ data }) => data.validation],
    ["evaluate", ({ evaluate }) => evaluate],
    ["train.volumeTotal", ({ train }) => train.volumeTotal],
  ];

/**
 * Fails unless validation can choose among trials: there is one, all have the
 * same, and train with as many samples.
 */
export function refuseIncomparable(
  trials: readonly MatrixVariant[],
  where: string,
): void {
  const [first, ...others] = trials.map(({ plan: { spec } }) => spec);
  if (first!.data.validation.length === 0) {
    throw new ExperimentError(
      "Cannot choose among trials: there is no volume to validate on",
      { where, fix: "Add one to data.validation" },
    );
  }
  for (const [name, of] of shared) {
    const text = canonicalJson(of(first!));
    if (others.every((spec) => canonicalJson(of(spec)) === text)) continue;
    throw new ExperimentError(
      `Cannot choose among trials: they differ in ${name}`,
      { where, fix: `Take ${name} out of search.over` },
    );
  }
}
