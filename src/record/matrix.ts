import type { Records } from "./records.ts";
import type {
  MatrixRecord,
  Run,
  RunInput,
  RunState,
  Variant,
} from "./types.ts";

const ranks: Readonly<Record<RunState, number>> = {
  finished: 0,
  running: 1,
  interrupted: 2,
  crashed: 2,
  failed: 2,
};

/**
 * The one of some runs of one plan that tells where it stands: a finished one
 * before a running one before one that was cut; an original before a rerun;
 * then the newest. Null without runs, which come in the order they started.
 */
export function foremostRun(runs: readonly Run[]): Run | null {
  const rank = ({ state, rerunOf }: Run) =>
    2 * ranks[state] + (rerunOf === null ? 0 : 1);
  return runs.reduce<Run | null>(
    (best, run) => best && rank(best) < rank(run) ? best : run,
    null,
  );
}

/** The run that stands for each variant of a matrix, null where there is none. */
export function matrixRuns(
  records: Records,
  { variants }: MatrixRecord,
): readonly (Run | null)[] {
  const byPlan = Map.groupBy(records.runs(), ({ planHash }) => planHash);
  return variants.map(({ planHash }) =>
    foremostRun(byPlan.get(planHash) ?? [])
  );
}

/** Whether a value of an axis adds to the one above it: its name begins with +. */
export function isAddition(value: string): boolean {
  return value.startsWith("+");
}

/** The axis whose values repeat an experiment. */
export const seedAxis = "seed";

/** A variant in a few words: its values but the seed, `dice · plain`. */
export function variantLabel({ [seedAxis]: _, ...values }: Variant): string {
  return Object.values(values).join(" · ");
}

/** A variant in words: `loss=dice · block=plain`. */
export function variantText(values: Variant): string {
  return Object.entries(values).map(([axis, value]) => `${axis}=${value}`)
    .join(" · ");
}

/** Whether two runs read the same content in the same roles. */
export function haveSameData(
  a: readonly RunInput[],
  b: readonly RunInput[],
): boolean {
  const text = (inputs: readonly RunInput[]) =>
    inputs.map(({ role, sha256 }) => `${role} ${sha256}`).sort().join();
  return text(a) === text(b);
}

/** The same of what decides their weights, which is all but test volumes. */
export function haveSameTrainingData(
  a: readonly RunInput[],
  b: readonly RunInput[],
): boolean {
  const isOfTraining = ({ role }: RunInput) => !/^test\b/.test(role);
  return haveSameData(a.filter(isOfTraining), b.filter(isOfTraining));
}
