import { type Ranking, risingValue } from "@/core/mod.ts";
import type { Records } from "@/record/mod.ts";
import type { Validation } from "@/train/mod.ts";
import type { BestSoFar } from "./job.ts";
import { bestPrefix } from "./recording.ts";

/** The best validation that is on record, of those up to a step if one is given. */
export function bestSoFar(
  records: Pick<Records, "metrics">,
  { id, ranking, upToStep = Infinity }: {
    readonly id: string;
    readonly ranking: Ranking;
    readonly upToStep?: number;
  },
): BestSoFar | null {
  const { name } = ranking;
  return records.metrics(id, { split: "validation", name })
    .filter(({ step }) => step <= upToStep)
    .reduce<BestSoFar | null>(
      (best, { step, value }) =>
        risingValue(value, ranking) > risingValue(best?.value, ranking)
          ? { step, value }
          : best,
      null,
    );
}

/** The validations on record, by step; the final measurements are none of them. */
export function validationsSoFar(
  records: Pick<Records, "metrics">,
  id: string,
): readonly Validation[] {
  const points = records.metrics(id, { split: "validation" })
    .filter(({ name }) => !name.startsWith(bestPrefix));
  return [...Map.groupBy(points, ({ step }) => step)]
    .toSorted(([a], [b]) => a - b)
    .map(([step, ofStep]) => ({
      step,
      scores: Object.fromEntries(
        ofStep.map(({ name, value }) => [name, value]),
      ),
    }));
}
