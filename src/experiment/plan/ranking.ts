import type { Entry } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import type { Spec } from "../spec/spec.ts";

/** A number that an experiment measures, with its direction. */
export interface Measured {
  /** Its name in records. */
  readonly name: string;
  /** Whether more of it is better, 1, or less, -1; 0 if neither. */
  readonly sign: 1 | -1 | 0;
  /** The metric that gives it. */
  readonly entry: Entry;
}

const signs = { higher: 1, lower: -1, neither: 0 } as const;

/** The numbers that an experiment measures, in the order of `evaluate.metrics`. */
export function measuredBy({ evaluate }: Spec): readonly Measured[] {
  return evaluate.metrics.flatMap((entry) =>
    metrics.create(entry).outputs
      .map(({ name, better }) => ({ name, sign: signs[better], entry }))
  );
}

/** The number that decides which weights are best: the first with a direction. */
export function rankingOf(spec: Spec): Measured {
  return measuredBy(spec).find(({ sign }) => sign !== 0)!;
}
