import * as tf from "@tensorflow/tfjs-core";
import type { Entry } from "@/core/mod.ts";
import type { Loss, LossInput } from "./_loss.ts";
import { losses } from "./catalog.ts";

/** A loss with its name in records and its weight in the sum. */
export interface LossTerm {
  /** `bce`, or `bce2` for the second of a kind. */
  readonly name: string;
  /** Its factor in the sum. */
  readonly weight: number;
  /** The loss itself. */
  readonly loss: Loss;
}

/** Builds the terms of a mix from validated entries with a `weight` each. */
export function lossTerms(entries: readonly Entry[]): readonly LossTerm[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const nth = (seen.get(entry.type) ?? 0) + 1;
    seen.set(entry.type, nth);
    return {
      name: nth === 1 ? entry.type : `${entry.type}${nth}`,
      weight: entry.weight as number,
      loss: losses.create(entry),
    };
  });
}

/**
 * The weighted sum of terms (L3 is BCE and Dice with weight 1 each), and each
 * term by itself without its weight; all owned by the caller.
 */
export function mixLoss(
  terms: readonly LossTerm[],
  input: LossInput,
): { total: tf.Scalar; each: readonly tf.Scalar[] } {
  const each = terms.map(({ loss }) => loss(input));
  const total = terms
    .map(({ weight }, i) => tf.mul<tf.Scalar>(each[i]!, weight))
    .reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
  return { total, each };
}
