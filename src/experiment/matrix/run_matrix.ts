import { openRecords, type Variant } from "@/record/mod.ts";
import type { ReportingContext } from "../run/context.ts";
import { writeMatrixReport } from "../run/report.ts";
import type { StartRequest } from "../run/start.ts";
import { lackingBase } from "./begin_with.ts";
import { checkVariants } from "./check_variants.ts";
import { type FailedVariant, handIn } from "./hand_in.ts";
import { headOf, reusedText } from "./matrix_text.ts";
import { type Matrix, matrixRecord } from "./plan_matrix.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import { runningElsewhere, runVariants } from "./run_variants.ts";
import { SameData } from "./same_data.ts";
import { Todo } from "./todo.ts";

/** A matrix to run. */
export interface MatrixRequest
  extends Pick<StartRequest, "file" | "overrides"> {
  /** All of it. */
  readonly matrix: Matrix;
  /** The variants to run of it. */
  readonly chosen: readonly MatrixVariant[];
}

/** What came of running a matrix. */
export interface MatrixOutcome {
  /** Variants that could not be carried to their end. */
  readonly failed: readonly FailedVariant[];
  /** Variants that other processes are running. */
  readonly elsewhere: readonly Variant[];
  /** Whether the user stopped it. */
  readonly isInterrupted: boolean;
}

/**
 * Runs some variants of a matrix, one after the other: goes on with those that
 * were cut, starts those that are missing, and leaves those that have a
 * finished run of the same plan and data, or that another process is running.
 * One that fails does not stop the others. At the end, writes the report over
 * all variants.
 *
 * @throws {ExperimentError} If the records cannot be opened, or data of a variant
 * that is missing are not sound; none is started then.
 * @throws {RunError} If the report cannot be written.
 */
export async function runMatrix(
  { matrix, chosen, ...given }: MatrixRequest,
  context: ReportingContext,
): Promise<MatrixOutcome> {
  const { signal, print } = context;
  using records = openRecords(context.resultsFolder);
  const record = matrixRecord(matrix);
  records.recordMatrix(record);
  const sameData = new SameData(context);
  const left = new Todo(chosen, { records, sameData });
  const before = await left.standings();
  print(headOf(matrix, before));
  for (const line of reusedText(before, context)) print(line);
  const missing = before.filter(({ run }) => run === null);
  await checkVariants(missing.map(({ variant }) => variant), {
    ...context,
    leavesUnopened: true,
  });

  const progressOf = ({ plan: { hash } }: MatrixVariant) => {
    const place = record.variants.findIndex((one) => one.planHash === hash);
    return `[${place + 1}/${record.variants.length}]`;
  };
  const failed = [
    ...await runVariants({ ...given, left, progressOf }, context),
  ];
  if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
  const { spec } = matrix.variants[0]!.plan;
  if (spec.report.atEnd || context.wantsPage) {
    const path = writeMatrixReport(records, record, spec);
    print(`\nReport: ${context.linkTo(path)}`);
  }
  const standings = await left.standings();
  for (const { variant: { values }, waitsFor } of standings) {
    if (waitsFor) failed.push({ values, error: lackingBase(waitsFor) });
  }
  try {
    failed.push(...await handIn(standings, context));
  } catch (error) {
    if (error !== signal.reason) throw error;
    return { failed, elsewhere: [], isInterrupted: true };
  }
  const elsewhere = runningElsewhere(standings);
  return { failed, elsewhere, isInterrupted: false };
}
