/** What a column holds besides null. */
export type RowKind = "text" | "number" | "integer" | "boolean";

/** A column of a table. */
export interface RowColumn {
  /** What it is called. */
  readonly key: string;
  /** What it holds. */
  readonly kind: RowKind;
}

/** What a cell holds; NaN and the infinities are numbers. */
export type RowCell = string | number | boolean | null;

/** A table that is too large to be in memory as a whole. */
export interface Rows {
  /** Its columns. */
  readonly columns: readonly RowColumn[];
  /** Its rows in blocks, by columns: the cells of each. */
  blocks(): Iterable<readonly (readonly RowCell[])[]>;
}
