import { openRecords } from "@/record/mod.ts";
import type { ReportingContext } from "../run/context.ts";
import type { StartRequest } from "../run/start.ts";
import { beginMatrix } from "./begin_matrix.ts";
import { endMatrix, type MatrixOutcome } from "./end_matrix.ts";
import type { Matrix } from "./plan_matrix.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import { runVariants } from "./run_variants.ts";

/** A matrix to run. */
export interface MatrixRequest
  extends Pick<StartRequest, "file" | "overrides"> {
  /** All of it. */
  readonly matrix: Matrix;
  /** The variants to run of it. */
  readonly chosen: readonly MatrixVariant[];
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
  using records = openRecords(context.resultsFolder);
  const { record, left } = await beginMatrix({ matrix, chosen }, {
    ...context,
    records,
  });
  const progressOf = ({ plan: { hash } }: MatrixVariant) => {
    const place = record.variants.findIndex((one) => one.planHash === hash);
    return `[${place + 1}/${record.variants.length}]`;
  };
  const failed = await runVariants({ ...given, left, progressOf }, context);
  if (context.signal.aborted) {
    return { failed, elsewhere: [], isInterrupted: true };
  }
  const { spec } = matrix.variants[0]!.plan;
  const standings = await left.standings();
  return await endMatrix({ record, spec, standings, failed }, {
    ...context,
    records,
  });
}
