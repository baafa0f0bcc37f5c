import * as z from "zod";

/** The ends of a range of some kind of numbers, which is not empty. */
export function within(
  number: z.ZodNumber | z.ZodInt,
  summary: string,
): z.ZodReadonly<z.ZodTuple<[z.ZodNumber, z.ZodNumber], null>> {
  const kind = number as z.ZodNumber;
  return z.tuple([kind, kind]).readonly().refine(([low, high]) => low < high, {
    message: "the range is empty",
    params: { fix: "Write the lower number first, and a higher one" },
  }).describe(summary);
}

/**
 * A number as people would write it, with six digits, and still within its range:
 * what the page shows is then what was trained with.
 */
export function written(
  value: number,
  [low, high]: readonly [number, number],
): number {
  return Math.min(high, Math.max(low, Number(value.toPrecision(6))));
}
