import type { Entry, Ranking } from "@/core/mod.ts";
import { type MetricOutput, metrics } from "@/metric/mod.ts";
import type { Spec } from "../spec/spec.ts";

/** A number that an experiment measures, and by what. */
export interface Measured {
  /** The number. */
  readonly output: MetricOutput;
  /** The metric that gives it. */
  readonly entry: Entry;
}

/** The numbers that an experiment measures, in the order of `evaluate.metrics`. */
export function measuredBy(
  { evaluate }: Pick<Spec, "evaluate">,
): readonly Measured[] {
  return evaluate.metrics.flatMap((entry) =>
    metrics.create(entry).outputs.map((output) => ({ output, entry }))
  );
}

/** The number that decides which weights are best: the first with a direction. */
export function rankingOf(spec: Spec): Ranking {
  const { name, better } = measuredBy(spec)
    .find(({ output }) => output.better !== "neither")!.output;
  return { name, better: better as Ranking["better"] };
}

/** The metric that gives a number of an experiment. */
export function metricOf(
  spec: Pick<Spec, "evaluate">,
  name: string,
): Entry | undefined {
  return measuredBy(spec).find(({ output }) => output.name === name)?.entry;
}
