import { trialAxis, type Variant } from "@/record/mod.ts";
import { isDerived } from "../difference/derived.ts";
import { differencesOf, splitsOf } from "../difference/differences.ts";
import { isSurrounding } from "../difference/unequal.ts";
import type { Page, PageRun } from "../page.ts";

/** Something that was varied between runs. */
export interface VariedOption {
  /** An axis of a matrix, or a path of the plan. */
  readonly name: string;
  /** Its value in each run, in their order; null where a run has none. */
  readonly values: readonly (string | null)[];
}

/** The most options that are shown. */
const mostOptions = 8;

/** What was varied: the axes of a matrix, else what the plans differ in. */
export function variedOptions(
  { runs, matrix }: Pick<Page, "runs" | "matrix">,
): VariedOption[] {
  if (matrix) {
    const places = new Map<PageRun, Variant>(
      matrix.groups.flatMap(({ values, bySeed }) =>
        [...bySeed].flatMap(([seed, run]) =>
          run ? [[run, { ...values, seed }] as const] : []
        )
      ),
    );
    const isOption = ({ name }: { readonly name: string }) =>
      !(matrix.record.search && name === trialAxis);
    return matrix.record.axes.filter(isOption).map(({ name }) => ({
      name,
      values: runs.map((run) => places.get(run)?.[name] ?? null),
    }));
  }
  return splitsOf(
    differencesOf(runs).filter(({ path }) =>
      !isSurrounding(path) && !isDerived(path)
    ),
  ).map(({ first: { path, choices } }) => ({
    name: path,
    values: runs.map((run) => {
      const value = choices.find(({ runs }) => runs.includes(run))?.value;
      return value?.replace(/^"(.*)"$/, "$1") ?? null;
    }),
  })).filter(({ values }) => isTelling(values)).slice(0, mostOptions);
}

/** Whether values are numbers, or few enough to be told apart. */
function isTelling(values: readonly (string | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  const distinct = new Set(known).size;
  return distinct > 1 &&
    (known.every((value) => Number.isFinite(Number(value))) ||
      distinct <= Math.max(2, Math.min(12, known.length / 2)));
}
