import {
  openRecords,
  type Records,
  trialAxis,
  variantText,
} from "@/record/mod.ts";
import { beginMatrix } from "../matrix/begin_matrix.ts";
import { endMatrix, type MatrixOutcome } from "../matrix/end_matrix.ts";
import type { FailedVariant } from "../matrix/hand_in.ts";
import { matrixRecord } from "../matrix/plan_matrix.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { MatrixRequest } from "../matrix/run_matrix.ts";
import { runVariants } from "../matrix/run_variants.ts";
import type { SameData } from "../matrix/same_data.ts";
import { Todo } from "../matrix/todo.ts";
import type { ReportingContext } from "../run/context.ts";
import { asChosen } from "./chosen.ts";
import { climb } from "./climb.ts";
import { Ladder } from "./ladder.ts";
import type { SearchMatrix } from "./plan_search.ts";

/** A search to run. */
export interface SearchRequest extends Omit<MatrixRequest, "matrix"> {
  /** All of it. */
  readonly matrix: SearchMatrix;
}

/**
 * Runs the trials of a search, rung by rung; the best of a rung go on once all of
 * its trials have come there, so that equal records lead to equal choices, also
 * where several processes share the search. The best trial of all is measured on
 * the test volumes, and handed in. At the end, writes the report.
 *
 * @throws {ExperimentError} If the records cannot be opened, or data of a trial
 * that is missing are not sound; none is started then.
 * @throws {RunError} If the report cannot be written.
 */
export async function runSearch(
  { matrix, chosen, ...given }: SearchRequest,
  context: ReportingContext,
): Promise<MatrixOutcome> {
  const { print, signal } = context;
  using records = openRecords(context.resultsFolder);
  const { sameData } = await beginMatrix({ matrix, chosen }, {
    ...context,
    records,
  });

  const { rungs } = matrix.search;
  const ladder = new Ladder(records, { rungs });
  const failed: FailedVariant[] = [];
  let trials = matrix.variants;
  let noBest = "No trial was measured, so that none is the best";
  for (const [i, rung] of rungs.entries()) {
    const climbed = await climb({
      ...{ ...given, rung, trials, ladder, records, sameData },
      name: rungs.length === 1 ? "" : `rung ${i + 1} of ${rungs.length}`,
      chosen: new Set(chosen),
    }, context);
    const { standings, lacking } = climbed;
    failed.push(...climbed.failed);
    if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
    if (lacking.length > 0) {
      noBest = `Nobody is chosen before ${lacking.length} more trials have ` +
        "come as far; the same command, without --only and --part, goes on";
      trials = [];
      break;
    }
    const count = rungs[i + 1]?.trials ?? 1;
    trials = ladder.best(rung, standings, count);
    if (trials.length === 0) break;
    if (i + 1 < rungs.length) {
      print(`\nAfter ${rung.volume} samples, ${goesOn(trials)}`);
    }
  }
  const [best] = trials;
  if (!best) print(`\n${noBest}`);
  const concluded = await conclude({ ...given, matrix, best }, {
    ...context,
    ...{ records, sameData },
  });
  return { ...concluded, failed: [...failed, ...concluded.failed] };
}

function goesOn(trials: readonly MatrixVariant[]): string {
  const names = trials.map(({ values }) => values[trialAxis]).join(", ");
  return trials.length === 1
    ? `trial ${names} goes on`
    : `trials ${names} go on`;
}

/** Measures the best trial on the test volumes, if there is one; reports, and hands in. */
async function conclude(
  { matrix, best, ...given }: Omit<SearchRequest, "chosen"> & {
    readonly best: MatrixVariant | undefined;
  },
  { records, sameData, ...context }: ReportingContext & {
    readonly records: Records;
    readonly sameData: SameData;
  },
): Promise<MatrixOutcome> {
  const { print, signal } = context;
  const failed: FailedVariant[] = [];
  const measured = best && asChosen(matrix, best);
  const left = new Todo(measured ? [measured] : [], { records, sameData });
  if (best) {
    print(`\nThe best by validation is ${variantText(best.values)}`);
    const progressOf = () => "[chosen]";
    failed.push(...await runVariants({ ...given, left, progressOf }, context));
    if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
  }
  const standings = await left.standings();
  const variants = matrix.variants.map((one) =>
    one === best && standings[0]?.run ? measured! : one
  );
  const record = matrixRecord({ ...matrix, variants });
  records.recordMatrix(record);
  const { spec } = matrix.variants[0]!.plan;
  return await endMatrix({ record, spec, standings, failed }, {
    ...context,
    records,
  });
}
