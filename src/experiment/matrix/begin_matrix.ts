import type { MatrixRecord, Records } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import { asChosen } from "../search/chosen.ts";
import { checkVariants } from "./check_variants.ts";
import { headOf, reusedText } from "./matrix_text.ts";
import { type Matrix, matrixRecord } from "./plan_matrix.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import { SameData } from "./same_data.ts";
import { Todo } from "./todo.ts";

/** A matrix that has begun to run. */
export interface BegunMatrix {
  /** As it stands among the records. */
  readonly record: MatrixRecord;
  /** The variants to run of it. */
  readonly left: Todo;
  /** What compares data. */
  readonly sameData: SameData;
}

/**
 * Begins to run variants of a matrix: records it, and says where they stand.
 *
 * @throws {ExperimentError} If data of a variant that is missing are not sound.
 */
export async function beginMatrix(
  { matrix, chosen }: {
    readonly matrix: Matrix;
    readonly chosen: readonly MatrixVariant[];
  },
  { records, ...context }: RunContext & { readonly records: Records },
): Promise<BegunMatrix> {
  const record = matrixRecord(matrix);
  records.recordMatrix(record);
  const sameData = new SameData(context);
  const left = new Todo(chosen, { records, sameData });
  const standings = await left.standings();
  context.print(headOf(matrix, standings));
  for (const line of reusedText(standings, context)) context.print(line);
  const missing = standings.filter(({ run }) => run === null)
    .map(({ variant }) => asChosen(matrix, variant));
  await checkVariants(missing, { ...context, leavesUnopened: true });
  return { record, left, sameData };
}
