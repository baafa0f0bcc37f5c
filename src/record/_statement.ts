import type { SQLInputValue, StatementSync } from "node:sqlite";

/** What columns of a type hold besides null; those of `ANY` hold numbers, −0 too. */
const kinds: Readonly<Record<string, string>> = {
  INTEGER: "number",
  ANY: "number",
  TEXT: "string",
  BLOB: "object",
};

/**
 * A prepared statement. What fails says so in words of the records, and so does
 * a value that is not of its column's type, as damage can leave it.
 */
export class Statement {
  readonly #statement: StatementSync;
  readonly #explain: (error: unknown) => unknown;
  readonly #names: readonly string[];
  readonly #kinds: readonly (string | undefined)[];

  /** Takes a statement, and what makes of its errors those to throw. */
  constructor(
    statement: StatementSync,
    explain: (error: unknown) => unknown,
  ) {
    const columns = statement.columns();
    this.#names = columns.map(({ name }) => name);
    this.#kinds = columns.map(({ type }) => kinds[type ?? ""]);
    this.#statement = statement;
    this.#explain = explain;
    // Deno's types lack the method that Node documents and Deno has.
    (statement as unknown as { setReturnArrays(on: boolean): void })
      .setReturnArrays(true);
  }

  /** The first row, as a plain object. */
  get<Row extends object>(...values: SQLInputValue[]): Row | undefined {
    return this.#tried(() => {
      const row = this.#statement.get(...values);
      return row && this.#named<Row>(this.#checked(row));
    });
  }

  /** Every row. */
  all<Row extends object>(...values: SQLInputValue[]): Row[] {
    return this.arrays(...values).map((row) => this.#named<Row>(row));
  }

  /** Every row as an array of its columns, which is faster. */
  arrays<Row extends readonly unknown[]>(...values: SQLInputValue[]): Row[] {
    return this.#tried(() => {
      const rows = this.#statement.all(...values) as unknown[];
      for (const row of rows) this.#checked(row);
      return rows as Row[];
    });
  }

  /** Carries it out; how many rows it changed. */
  run(...values: SQLInputValue[]): number {
    return Number(this.#tried(() => this.#statement.run(...values)).changes);
  }

  #named<Row extends object>(row: readonly unknown[]): Row {
    return Object.fromEntries(
      this.#names.map((name, i) => [name, row[i]]),
    ) as Row;
  }

  #checked(row: unknown): readonly unknown[] {
    const values = row as readonly unknown[];
    for (let i = 0; i < values.length; i++) {
      const value = values[i], kind = this.#kinds[i];
      if (kind === undefined || value === null || typeof value === kind) {
        continue;
      }
      throw Object.assign(
        new Error(`${this.#names[i]} is no ${kind}`),
        { code: "ERR_SQLITE_ERROR" },
      );
    }
    return values;
  }

  #tried<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.#explain(error);
    }
  }
}
