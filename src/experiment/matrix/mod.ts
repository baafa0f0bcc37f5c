/**
 * Matrices: one file that describes several experiments, run and compared
 * together.
 *
 * @module
 */
export {
  type Matrix,
  matrixRecord,
  type MatrixVariant,
  planMatrix,
} from "./plan_matrix.ts";
export {
  type FailedVariant,
  type MatrixOutcome,
  runMatrix,
} from "./run_matrix.ts";
export { type Selection, selectVariants } from "./select.ts";
