import type { PageRun } from "../page.ts";
import { comparedPlan } from "./compared_plan.ts";
import { isDerived } from "./derived.ts";

/** A key of a run's plan that another run had otherwise. */
export interface ChangedKey {
  /** Where it stands. */
  readonly path: string;
  /** What it is now; undefined where it is gone. */
  readonly value: string | undefined;
}

/** What differs in each run from the one above it; nothing in the first. */
export function changesSince(
  runs: readonly PageRun[],
): readonly (readonly ChangedKey[])[] {
  const plans = runs.map(({ run }) => comparedPlan(run.plan));
  return plans.map((plan, i) => {
    const above = plans[i - 1];
    if (!above) return [];
    return [...new Set([...above.keys(), ...plan.keys()])]
      .filter((path) => !isDerived(path) && plan.get(path) !== above.get(path))
      .map((path) => ({ path, value: plan.get(path) }));
  });
}
