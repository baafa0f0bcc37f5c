import { foremostRun } from "./runs_of_plan.ts";
import type { MatrixRecord, Run, RunFilter, Variant } from "./types.ts";

/** The run that stands for each variant of a matrix, null where there is none. */
export function matrixRuns(
  records: { runs(filter: Pick<RunFilter, "planHash">): readonly Run[] },
  { variants }: MatrixRecord,
): readonly (Run | null)[] {
  return variants.map(({ planHash }) =>
    foremostRun(records.runs({ planHash }))
  );
}

/** Whether a value of an axis adds to the one above it: its name begins with +. */
export function isAddition(value: string): boolean {
  return value.startsWith("+");
}

/** The axis whose values repeat an experiment. */
export const seedAxis = "seed";

/** The axis of a search that tells its trials apart. */
export const trialAxis = "trial";

/** A variant in a few words: its values but the seed, `dice · plain`. */
export function variantLabel({ [seedAxis]: _, ...values }: Variant): string {
  return Object.values(values).join(" · ");
}

/** A variant in words: `loss=dice · block=plain`. */
export function variantText(values: Variant): string {
  return Object.entries(values).map(([axis, value]) => `${axis}=${value}`)
    .join(" · ");
}
