import * as tf from "@tensorflow/tfjs-core";
import type { Entry } from "@/core/mod.ts";
import { inPart } from "@/engine/mod.ts";
import type { Loss, LossInput } from "./_loss.ts";
import { losses } from "./catalog.ts";
import { weightAt, type WeightCourse } from "./weight.ts";

/** A loss with its name in records, what it judges, and its weight in the sum. */
export interface LossTerm {
  /**
   * `bce`, or `bce2` for the second of a kind; `edges/bce` of an auxiliary
   * head, `level1/bce` and `level1/edges/bce` of a coarser level.
   */
  readonly name: string;
  /** The head it judges; 0 is the primary one. */
  readonly head: number;
  /** The level it judges; 0 is the finest one. */
  readonly level: number;
  /** Its factor in the sum, as far as it stays the same. */
  readonly weight: number;
  /** What that is multiplied by on the way, if it changes. */
  readonly course?: WeightCourse;
  /** The loss itself. */
  readonly loss: Loss;
}

/** What training minimises, as an experiment says it. */
export interface LossPlan {
  /** Validated entries with a `weight` each. */
  readonly terms: readonly Entry[];
  /** Weight of the whole sum at each coarser level, finest first (L13). */
  readonly levels?: readonly number[];
}

/** An auxiliary head, as an experiment says it. */
export interface HeadPlan {
  /** Its name in records. */
  readonly name: string;
  /** What it minimises. */
  readonly loss: {
    /** Factor of its terms in the sum. */
    readonly weight: number;
    /** Validated entries with a `weight` each. */
    readonly terms: readonly Entry[];
  };
}

/**
 * Builds the terms of a loss: those of the primary head, those of each
 * auxiliary one, and all of them again for each coarser level.
 */
export function lossTerms(
  { terms, levels = [] }: LossPlan,
  heads: readonly HeadPlan[] = [],
): readonly LossTerm[] {
  const ofHeads = [
    { prefix: "", weight: 1, terms },
    ...heads.map(({ name, loss }) => ({ prefix: `${name}/`, ...loss })),
  ].flatMap(({ prefix, weight, terms }, head) =>
    namedTerms(terms).map((term) => ({
      ...term,
      name: prefix + term.name,
      head,
      weight: weight * term.weight,
    }))
  );
  return [1, ...levels].flatMap((levelWeight, level) =>
    ofHeads.map((term) => ({
      ...term,
      name: level === 0 ? term.name : `level${level}/${term.name}`,
      level,
      weight: levelWeight * term.weight,
    }))
  );
}

/** A term's factor in the sum where a share of the training is done, from 0 to 1. */
export function factorAt({ weight, course }: LossTerm, done: number): number {
  return course ? weight * weightAt(course, done) : weight;
}

/** Whether a term needs the distances to the borders of clefts. */
export function needsDistance(terms: readonly LossTerm[]): boolean {
  return terms.some(({ loss }) => loss.needs === "distanceNm");
}

/** The losses of some entries, the second of a kind numbered. */
function namedTerms(entries: readonly Entry[]) {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const nth = (seen.get(entry.type) ?? 0) + 1;
    seen.set(entry.type, nth);
    const weight = entry.weight as number | WeightCourse;
    return {
      name: nth === 1 ? entry.type : `${entry.type}${nth}`,
      ...(typeof weight === "number"
        ? { weight }
        : { weight: 1, course: weight }),
      loss: losses.create(entry),
    };
  });
}

/**
 * The weighted sum of terms (L3 is BCE and Dice with weight 1 each), and each
 * term by itself without its weight; all owned by the caller.
 *
 * @param inputs What to judge, by level and head.
 * @param weights The factors of the terms, `[terms]`.
 */
export function mixLoss(
  terms: readonly LossTerm[],
  { inputs, weights }: {
    readonly inputs: readonly (readonly LossInput[])[];
    readonly weights: tf.Tensor1D;
  },
): { total: tf.Scalar; each: readonly tf.Scalar[] } {
  const factors = tf.unstack(weights);
  const each = terms.map(({ name, loss, level, head }) =>
    inPart(`loss term "${name}"`, () => loss(inputs[level]![head]!))
  );
  const total = each
    .map((value, i) => tf.mul<tf.Scalar>(value, factors[i]!))
    .reduce((sum, term) => tf.add<tf.Scalar>(sum, term));
  return { total, each };
}
