import * as z from "zod";
import { choice, nonNegative } from "@/core/mod.ts";

/** How the factor of a term changes over a training. */
export interface WeightCourse {
  /** The factor before and at the beginning of the change. */
  readonly from: number;
  /** The factor at its end and after. */
  readonly to: number;
  /** The shares of the training between which it changes. */
  readonly over: readonly [number, number];
  /** Whether it changes evenly, or slowly at both ends (half a cosine). */
  readonly shape: "linear" | "cosine";
}

const share = z.number().min(0).max(1);

const course = z.strictObject({
  from: nonNegative(1, "factor before the change"),
  to: nonNegative(1, "factor after the change"),
  over: z.tuple([share, share]).readonly()
    .refine(([begin, end]) => begin < end, "the earlier share comes first")
    .default([0, 1])
    .describe("shares of the training between which it changes"),
  shape: choice(["linear", "cosine"], "linear", "how it changes"),
}).meta({ title: "a course such as { from: 1, to: 0.1, over: [0.2, 0.8] }" });

/** The option of every loss for its factor in the sum: a number, or a course. */
export const weightOption: z.ZodType<number | WeightCourse> = z
  .union([z.number().positive(), course]).default(1)
  .describe("factor of the term in the sum, or how it changes");

/** The factor where a share of the training is done, from 0 to 1. */
export function weightAt(
  { from, to, over: [begin, end], shape }: WeightCourse,
  done: number,
): number {
  const t = Math.min(1, Math.max(0, (done - begin) / (end - begin)));
  const moved = shape === "linear" ? t : (1 - Math.cos(Math.PI * t)) / 2;
  return from + (to - from) * moved;
}
