/**
 * Matrices: one file that describes several experiments, run and compared
 * together.
 *
 * @module
 */
export { type CheckPlace, checkVariants } from "./check_variants.ts";
export { planFile, type PlannedFile } from "./plan_file.ts";
export { type Matrix, matrixRecord } from "./plan_matrix.ts";
export { type MatrixVariant } from "./plan_variants.ts";
export { type FailedVariant } from "./hand_in.ts";
export { type MatrixOutcome } from "./end_matrix.ts";
export { type MatrixRequest, runMatrix } from "./run_matrix.ts";
export { type Selection, selectVariants } from "./select.ts";
export type { Standing } from "./todo.ts";
