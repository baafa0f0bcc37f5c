import * as z from "zod";
import { count, nonNegative } from "@/core/mod.ts";
import { metricLabel } from "@/metric/mod.ts";
import { risingScore, type Validation, watchOption } from "./watch.ts";

const options = z.strictObject({
  metric: watchOption(),
  patience: count(5, "validations without a better one after which it ends"),
  minDelta: nonNegative(0, "by how much a better one is better, at least"),
});

/** What ends a training early. */
export type StopEarlyOptions = Readonly<z.output<typeof options>>;

/** The same as an experiment file has it. */
export const stopEarlyOptions: z.ZodType<StopEarlyOptions> = options;

/** Says why a training should end after some validations, or null. */
export interface StopEarly {
  (validations: readonly Validation[]): string | null;
  /** The number of validations that it watches. */
  readonly watches: string;
}

/** Ends a training whose validations have stopped getting better. */
export function stopEarly(
  { metric, patience, minDelta }: StopEarlyOptions,
): StopEarly {
  const reason = (validations: readonly Validation[]) => {
    let best = -Infinity, bestStep = 0, waited = 0;
    for (const validation of validations) {
      const score = risingScore(validation, metric!);
      if (score > best + minDelta) {
        [best, bestStep, waited] = [score, validation.step, 0];
      } else if (++waited === patience) {
        const since = bestStep > 0 ? ` since step ${bestStep}` : "";
        const times = patience === 1 ? "validation" : "validations";
        return `stopped early after step ${validation.step}: ` +
          `${
            metricLabel(metric!)
          } has not become better in ${patience} ${times}${since}`;
      }
    }
    return null;
  };
  return Object.assign(reason, { watches: metric! });
}
