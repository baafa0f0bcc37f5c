import type { MatrixRecord, Records, Variant } from "@/record/mod.ts";
import type { ReportingContext } from "../run/context.ts";
import { writeMatrixReport } from "../run/report.ts";
import type { Spec } from "../spec/spec.ts";
import { lackingBase } from "./begin_with.ts";
import { type FailedVariant, handIn } from "./hand_in.ts";
import { runningElsewhere } from "./run_variants.ts";
import type { Standing } from "./todo.ts";

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
 * Ends a matrix: writes the report over all of its variants, if there is to be
 * one, and hands in what has finished.
 *
 * @throws {RunError} If the report cannot be written.
 */
export async function endMatrix(
  { record, spec, standings, ...before }: {
    readonly record: MatrixRecord;
    /** The experiment, as its variants have it in common. */
    readonly spec: Spec;
    /** Where the variants stand that were to run. */
    readonly standings: readonly Standing[];
    /** Those that have failed so far. */
    readonly failed: readonly FailedVariant[];
  },
  { records, ...context }: ReportingContext & { readonly records: Records },
): Promise<MatrixOutcome> {
  const failed = [...before.failed];
  if (spec.report.atEnd || context.wantsPage) {
    const path = writeMatrixReport(records, record, spec);
    context.print(`\nReport: ${context.linkTo(path)}`);
  }
  for (const { variant: { values }, waitsFor } of standings) {
    if (waitsFor) failed.push({ values, error: lackingBase(waitsFor) });
  }
  try {
    failed.push(...await handIn(standings, context));
  } catch (error) {
    if (error !== context.signal.reason) throw error;
    return { failed, elsewhere: [], isInterrupted: true };
  }
  const elsewhere = runningElsewhere(standings);
  return { failed, elsewhere, isInterrupted: false };
}
