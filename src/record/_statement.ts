import type { SQLInputValue, StatementSync } from "node:sqlite";

/** A prepared statement; what fails says so in words of the records. */
export class Statement {
  readonly #statement: StatementSync;
  readonly #explain: (error: unknown) => unknown;

  /** Takes a statement, and what makes of its errors those to throw. */
  constructor(
    statement: StatementSync,
    explain: (error: unknown) => unknown,
  ) {
    this.#statement = statement;
    this.#explain = explain;
  }

  /** The first row, as a plain object. */
  get<Row extends object>(...values: SQLInputValue[]): Row | undefined {
    const row = this.#tried(() => this.#statement.get(...values));
    return row && { ...row } as Row;
  }

  /** Every row. */
  all<Row extends object>(...values: SQLInputValue[]): Row[] {
    return this.#tried(() => this.#statement.all(...values))
      .map((row) => ({ ...row }) as Row);
  }

  /** Every row as an array of its columns, which is faster. */
  arrays<Row extends readonly unknown[]>(...values: SQLInputValue[]): Row[] {
    // Deno's types lack the method that Node documents and Deno has.
    const statement = this.#statement as unknown as {
      setReturnArrays(on: boolean): void;
    };
    statement.setReturnArrays(true);
    try {
      return this.#tried(() =>
        this.#statement.all(...values)
      ) as unknown as Row[];
    } finally {
      statement.setReturnArrays(false);
    }
  }

  /** Carries it out; how many rows it changed. */
  run(...values: SQLInputValue[]): number {
    return Number(this.#tried(() => this.#statement.run(...values)).changes);
  }

  #tried<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.#explain(error);
    }
  }
}
