import * as z from "zod";
import { featureNames } from "./features.ts";

/** A hidden unit: what it weighs each feature with, and what it adds to the logit. */
export interface PrunerUnit {
  /** Of each feature. */
  readonly weights: readonly number[];
  /** Added to their sum. */
  readonly bias: number;
  /** Factor of its `tanh` in the logit. */
  readonly output: number;
}

/**
 * A small network on pairs that says whether they are partners (techniques A9,
 * candidate pruning): a layer of `tanh` on features of mean 0 and deviation 1,
 * then a sigmoid. Plain data.
 */
export interface Pruner {
  /** The version of this form. */
  readonly form: 1;
  /** The names of the features. */
  readonly features: readonly string[];
  /** The mean of each. */
  readonly mean: readonly number[];
  /** The standard deviation of each. */
  readonly deviation: readonly number[];
  /** The hidden layer. */
  readonly hidden: readonly PrunerUnit[];
  /** Added to the logit. */
  readonly bias: number;
  /** From which probability on a pair is kept. */
  readonly threshold: number;
}

const list = z.array(z.number()).length(featureNames.length).readonly();

/** Matches a pruner as its file has it. */
export const prunerSchema: z.ZodType<Pruner> = z.strictObject({
  form: z.literal(1),
  features: z.array(z.string()).readonly().refine(
    (names) => `${names}` === `${featureNames}`,
    "they are those of another version",
  ),
  mean: list,
  deviation: list,
  hidden: z.array(z.strictObject({
    weights: list,
    bias: z.number(),
    output: z.number(),
  })).min(1).readonly(),
  bias: z.number(),
  threshold: z.number().min(0).max(1),
});

/** Whether a pair of these features is taken for one of partners. */
export function isTaken(pruner: Pruner, features: readonly number[]): boolean {
  return partnerProbability(pruner, features) >= pruner.threshold;
}

/** The probability that a pair of these features is one of partners. */
export function partnerProbability(
  { mean, deviation, hidden, bias }: Pruner,
  features: readonly number[],
): number {
  const scaled = features.map((value, i) => (value - mean[i]!) / deviation[i]!);
  const logit = hidden.reduce((sum, unit) => {
    const inner = unit.weights.reduce(
      (s, w, i) => s + w * scaled[i]!,
      unit.bias,
    );
    return sum + unit.output * Math.tanh(inner);
  }, bias);
  return 1 / (1 + Math.exp(-logit));
}
