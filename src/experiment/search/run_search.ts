import { openRecords, type Records } from "@/record/mod.ts";
import { beginMatrix } from "../matrix/begin_matrix.ts";
import { endMatrix, type MatrixOutcome } from "../matrix/end_matrix.ts";
import type { FailedVariant } from "../matrix/hand_in.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { MatrixRequest } from "../matrix/run_matrix.ts";
import { runVariants } from "../matrix/run_variants.ts";
import type { SameData } from "../matrix/same_data.ts";
import { Todo } from "../matrix/todo.ts";
import type { ReportingContext } from "../run/context.ts";
import { ascend } from "./ascend.ts";
import { asChosen, searchRecord } from "./chosen.ts";
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
  let lackingTrials = 0;
  const best = await ascend(matrix, {
    ...{ ladder, print },
    async bring({ rung, number, trials }) {
      const { standings, lacking, ...climbed } = await climb({
        ...{ ...given, rung, trials, ladder, records, sameData },
        name: rungs.length === 1 ? "" : `rung ${number} of ${rungs.length}`,
        chosen: new Set(chosen),
      }, context);
      failed.push(...climbed.failed);
      lackingTrials = lacking.length;
      const isComplete = lacking.length === 0 && !signal.aborted;
      return { standings, isComplete };
    },
  });
  if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
  if (best === undefined) {
    print(
      `\nNobody is chosen before ${lackingTrials} more trials have come as ` +
        "far; the same command, without --only and --part, goes on",
    );
  }
  const concluded = await conclude({ ...given, matrix, best }, {
    ...context,
    ...{ records, sameData },
  });
  return { ...concluded, failed: [...failed, ...concluded.failed] };
}

/** Measures the best trial on the test volumes, if there is one; reports, and hands in. */
async function conclude(
  { matrix, best, ...given }: Omit<SearchRequest, "chosen"> & {
    readonly best: MatrixVariant | null | undefined;
  },
  { records, sameData, ...context }: ReportingContext & {
    readonly records: Records;
    readonly sameData: SameData;
  },
): Promise<MatrixOutcome> {
  const { signal } = context;
  const failed: FailedVariant[] = [];
  const measured = best && asChosen(matrix, best);
  const left = new Todo(measured ? [measured] : [], { records, sameData });
  if (best) {
    const progressOf = () => "[chosen]";
    failed.push(...await runVariants({ ...given, left, progressOf }, context));
    if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
  }
  const standings = await left.standings();
  const record = searchRecord(matrix, standings[0]?.run ? best : null);
  records.recordMatrix(record);
  const { spec } = matrix.variants[0]!.plan;
  return await endMatrix({ record, spec, standings, failed }, {
    ...context,
    records,
  });
}
