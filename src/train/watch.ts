import * as z from "zod";
import { validationOutputs } from "@/metric/mod.ts";

/** What a validation on the way has measured. */
export interface Validation {
  /** The step after which it took place. */
  readonly step: number;
  /** Every number by its metric's name; NaN where the data leave it undefined. */
  readonly scores: Readonly<Record<string, number>>;
}

const directions = new Map(
  validationOutputs()
    .filter(({ better }) => better !== "neither")
    .map(({ name, better }) => [name, better === "higher" ? 1 : -1]),
);

/** The option that names a number of validations to watch. */
export function watchOption(): z.ZodOptional<
  z.ZodEnum<Record<string, string>>
> {
  return z.enum([...directions.keys()]).optional().describe(
    "number of validations to watch; by default the one that the best weights are chosen by",
  );
}

/** A number of a validation, its sign such that more is better; NaN without it. */
export function risingScore({ scores }: Validation, metric: string): number {
  return directions.get(metric)! * (scores[metric] ?? NaN);
}
