import { ExperimentError } from "@/core/mod.ts";
import { variantText } from "@/record/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { type Plan, samplesPerStep } from "../plan/mod.ts";
import type { Rung } from "./budget/mod.ts";

/** The step after which a training has come to the end of a rung. */
export function stepAfter({ volume }: Rung, { spec: { train } }: Plan): number {
  return Math.ceil(volume / samplesPerStep(train));
}

/** Fails unless each trial is validated at the end of each rung. */
export function refuseUnvalidated(
  trials: readonly MatrixVariant[],
  rungs: readonly Rung[],
): void {
  for (const rung of rungs.slice(0, -1)) {
    const other = trials.find(({ plan }) =>
      stepAfter(rung, plan) % plan.steps.validate !== 0
    );
    if (!other) continue;
    const { plan: { steps }, values } = other;
    throw new ExperimentError(
      `Cannot compare trials after ${rung.volume} samples: there is no ` +
        `validation after step ${stepAfter(rung, other.plan)}, but every ` +
        `${steps.validate} steps`,
      {
        where: `search.budget in ${variantText(values)}`,
        fix: `Set train.validateEvery to ${rungs[0]!.volume} or a divisor of ` +
          "it, a multiple of batch × accumulate",
      },
    );
  }
}
