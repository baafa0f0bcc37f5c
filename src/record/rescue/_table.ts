/** A table as it should be. */
export interface TableForm {
  /** Its name. */
  readonly name: string;
  /** Its columns, in order. */
  readonly columns: readonly string[];
  /** What its rows are ordered by on the disk. */
  readonly key: readonly KeyColumn[];
}

/** A column of a key. */
export interface KeyColumn {
  /** Its name. */
  readonly name: string;
  /** Whether it holds whole numbers. */
  readonly isInteger: boolean;
}

/** What a table's rows are ordered by if it has no key of its own on the disk. */
export const rowNumber: KeyColumn = { name: "rowid", isInteger: true };
