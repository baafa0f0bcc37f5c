import type { PageRun } from "../page.ts";
import { comparedPlan } from "./compared_plan.ts";
import { isDerived } from "./derived.ts";

/** Runs that have one value at one path; undefined where the path is missing. */
export interface Choice {
  /** The value as JSON. */
  readonly value: string | undefined;
  /** The runs, in their order. */
  readonly runs: readonly PageRun[];
}

/** Something that runs have, and what each has of it. */
export interface Difference {
  /** Where it stands in the plan, or what it is called. */
  readonly path: string;
  /** The values, in the order of the first run that has each. */
  readonly choices: readonly Choice[];
}

/** Differences that split the runs alike. */
export interface Split {
  /** What comes first in the plan, which the others mostly follow from. */
  readonly first: Difference;
  /** The others. */
  readonly others: readonly Difference[];
}

/** Everything in the plans of runs that is not the same in all of them. */
export function differencesOf(runs: readonly PageRun[]): Difference[] {
  const plans = runs.map(({ run }) => comparedPlan(run.plan));
  const paths = [...new Set(plans.flatMap((plan) => [...plan.keys()]))];
  return paths.map((path) => ({
    path,
    choices: choicesOf(runs, (_, i) => plans[i]!.get(path)),
  })).filter(({ choices }) => choices.length > 1);
}

/** Groups runs by a value of theirs. */
export function choicesOf(
  runs: readonly PageRun[],
  valueOf: (run: PageRun, i: number) => string | undefined,
): Choice[] {
  const choices = new Map<string | undefined, PageRun[]>();
  runs.forEach((run, i) => {
    const value = valueOf(run, i);
    const sharing = choices.get(value);
    if (sharing) sharing.push(run);
    else choices.set(value, [run]);
  });
  return [...choices].map(([value, runs]) => ({ value, runs }));
}

/** So many sets of runs that are the same are no chance. */
const mostSets = 4;

/**
 * Groups differences that split the runs alike. Where about each run has a value of its
 * own that says nothing: only what follows from the experiment is grouped then.
 */
export function splitsOf(differences: readonly Difference[]): Split[] {
  const groups = Map.groupBy(differences, (difference) => {
    const { path, choices } = difference;
    const runs = choices.reduce((n, { runs }) => n + runs.length, 0);
    const isEachItsOwn = choices.length === runs ||
      choices.length > mostSets && choices.length >= runs / 2;
    return isEachItsOwn && !isDerived(path)
      ? path
      : choices.map(({ runs }) => runs.map(({ index }) => index).join()).join(
        "|",
      );
  });
  return [...groups.values()].map(([first, ...others]) => ({
    first: first!,
    others,
  }));
}

/** Whether runs that share a key share the value as well. */
export function followsFrom(
  { choices }: Difference,
  keyOf: (run: PageRun) => string | null,
): boolean {
  const valueOf = new Map<string, number>();
  for (const [i, { runs }] of choices.entries()) {
    for (const run of runs) {
      const key = keyOf(run);
      if (key === null) continue;
      if ((valueOf.get(key) ?? i) !== i) return false;
      valueOf.set(key, i);
    }
  }
  return true;
}
