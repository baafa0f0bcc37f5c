import * as z from "zod";
import type { Zyx } from "./volume.ts";

/** A share from 0 to 1. */
export function fraction(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).max(1).default(byDefault).describe(summary);
}

/** A number above 0. */
export function positive(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodNumber> {
  return z.number().positive().default(byDefault).describe(summary);
}

/** A number of at least 0. */
export function nonNegative(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).default(byDefault).describe(summary);
}

/** Any finite number. */
export function number(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodNumber> {
  return z.number().default(byDefault).describe(summary);
}

/** A whole number of at least 1. */
export function count(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodInt> {
  return z.int().min(1).default(byDefault).describe(summary);
}

/** A whole number from 1 to 64, of things that are built one by one. */
export function few(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodInt> {
  return z.int().min(1).max(64).default(byDefault).describe(summary);
}

/** A whole number of at least 0. */
export function whole(
  byDefault: number,
  summary: string,
): z.ZodDefault<z.ZodInt> {
  return z.int().min(0).default(byDefault).describe(summary);
}

/** True or false. */
export function flag(
  byDefault: boolean,
  summary: string,
): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(byDefault).describe(summary);
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(
  words: Words,
  byDefault: Words[number],
  summary: string,
): z.ZodDefault<z.ZodEnum<{ [Word in Words[number]]: Word }>> {
  return z.enum(words).default(byDefault as never).describe(
    summary,
  ) as unknown as z.ZodDefault<z.ZodEnum<{ [Word in Words[number]]: Word }>>;
}

/** Two numbers, the lower one first. */
export function interval(
  byDefault: readonly [low: number, high: number],
  summary: string,
): z.ZodDefault<z.ZodReadonly<z.ZodTuple<[z.ZodNumber, z.ZodNumber], null>>> {
  return z.tuple([z.number(), z.number()]).readonly()
    .refine(([low, high]) => low <= high, "the lower number comes first")
    .default(byDefault).describe(summary);
}

/** Three whole numbers of at least 1 in the order z, y, x. */
export function zyxCount(
  byDefault: Zyx,
  summary: string,
): z.ZodDefault<
  z.ZodReadonly<z.ZodTuple<[z.ZodInt, z.ZodInt, z.ZodInt], null>>
> {
  const n = z.int().min(1);
  return z.tuple([n, n, n]).readonly().default(byDefault).describe(summary);
}

/** Three numbers of at least 0 in the order z, y, x. */
export function zyxNonNegative(
  byDefault: Zyx,
  summary: string,
): z.ZodDefault<
  z.ZodReadonly<z.ZodTuple<[z.ZodNumber, z.ZodNumber, z.ZodNumber], null>>
> {
  const n = z.number().min(0);
  return z.tuple([n, n, n]).readonly().default(byDefault).describe(summary);
}
