import type {
  DatabaseSync,
  SQLInputValue,
  SQLOutputValue,
  StatementSync,
} from "node:sqlite";
import type { TableForm } from "./_table.ts";

/** A row, whole numbers as `bigint`. */
export type Row = readonly SQLOutputValue[];

/** Rows read at once, where nothing is damaged. */
const mostAtOnce = 512;
/** Ranges that cannot be read are halved so often in all, then given up. */
const mostFailures = 2000;
/** Above all steps and numbers of runs and samples. */
const highest = 2n ** 40n;

/**
 * Gives the rows of a table, as many as can be read, and returns how many ranges
 * of keys could not be: it reads from the front up to the damage, from the back
 * down to it, and halves what is left. A row may come more than once.
 */
export function readRows(
  db: DatabaseSync,
  { table, keep }: {
    readonly table: TableForm;
    readonly keep: (row: Row) => void;
  },
): number {
  const reader = new Reader(db, table, keep);
  reader.read([], 0n, highest);
  return reader.gaps;
}

/** Rows of a table, by what their keys begin with and the column after that. */
interface Range {
  readonly prefix: readonly bigint[];
  readonly low: bigint;
  readonly high: bigint;
}

class Reader {
  readonly #db: DatabaseSync;
  readonly #table: TableForm;
  readonly #keep: (row: Row) => void;
  readonly #statements = new Map<string, StatementSync>();
  #failures = 0;
  /** Few once something was damaged, as what is next to it often is too. */
  #atOnce = mostAtOnce;
  /** Ranges that could not be read. */
  gaps = 0;

  constructor(db: DatabaseSync, table: TableForm, keep: (row: Row) => void) {
    this.#db = db;
    this.#table = table;
    this.#keep = keep;
  }

  /** Reads rows whose key begins with `prefix`, and goes on within the bounds. */
  read(prefix: readonly bigint[], low: bigint, high: bigint): void {
    const range = { prefix, low, high };
    const up = this.#scan(range, "ASC");
    if (!up.hasFailed) return;
    const down = this.#scan(range, "DESC");
    const { isInteger } = this.#table.key[prefix.length]!;
    if (!isInteger || ++this.#failures > mostFailures) {
      this.gaps++;
      return;
    }
    const from = up.last ?? low, to = down.last ?? high;
    if (from >= to) return this.#readWithin([...prefix, to]);
    const middle = (from + to) / 2n;
    this.read(prefix, from, middle);
    this.read(prefix, middle + 1n, to);
  }

  /** The same of one value of a column, which the damage lies in. */
  #readWithin(prefix: readonly bigint[]): void {
    if (prefix.length < this.#table.key.length) this.read(prefix, 0n, highest);
    else this.gaps++;
  }

  /** Reads until something is damaged, and says which value it came to. */
  #scan(
    range: Range,
    order: "ASC" | "DESC",
  ): { readonly hasFailed: boolean; readonly last: bigint | null } {
    const { length } = this.#table.key, column = range.prefix.length;
    let after: Row | null = null, last: bigint | null = null;
    while (true) {
      const atOnce = this.#atOnce;
      const rows = this.#some({ ...range, after, atOnce, order });
      if (rows) {
        for (const row of rows) this.#keep(row.slice(length));
        after = rows.at(-1)?.slice(0, length) ?? after;
        const value = after?.[column];
        if (typeof value === "bigint") last = value;
        if (rows.length < atOnce) return { hasFailed: false, last };
        this.#atOnce = Math.min(mostAtOnce, 8 * atOnce);
      } else {
        if (atOnce === 1) return { hasFailed: true, last };
        this.#atOnce = atOnce / 8;
      }
    }
  }

  /** Up to so many rows after one, their keys before them; null if damaged. */
  #some({ prefix, low, high, after, atOnce, order }: Range & {
    readonly after: Row | null;
    readonly atOnce: number;
    readonly order: "ASC" | "DESC";
  }): readonly Row[] | null {
    const { name, columns, key } = this.#table;
    const conditions = prefix.map((_, i) => `${key[i]!.name} = ?`);
    const values: SQLInputValue[] = [...prefix];
    if (low > 0n || high < highest) {
      conditions.push(`${key[prefix.length]!.name} BETWEEN ? AND ?`);
      values.push(low, high);
    }
    const keys = key.map((one) => one.name);
    if (after) {
      const marks = keys.map(() => "?").join(", ");
      const than = order === "ASC" ? ">" : "<";
      conditions.push(`(${keys.join(", ")}) ${than} (${marks})`);
      values.push(...after);
    }
    const where = conditions.length > 0
      ? `WHERE ${conditions.join(" AND ")}`
      : "";
    const text = `SELECT ${[...keys, ...columns].join(", ")} FROM ${name} ` +
      `${where} ORDER BY ${keys.map((one) => `${one} ${order}`).join(", ")} ` +
      "LIMIT ?";
    return tried(() =>
      this.#prepared(text).all(...values, atOnce) as unknown as Row[]
    );
  }

  #prepared(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement) return statement;
    statement = this.#db.prepare(text);
    statement.setReadBigInts(true);
    // Deno's types lack the method that Node documents and Deno has.
    (statement as unknown as { setReturnArrays(on: boolean): void })
      .setReturnArrays(true);
    this.#statements.set(text, statement);
    return statement;
  }
}

/** What is read, or null where SQLite cannot. */
function tried<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
    return null;
  }
}

/** Whether SQLite could not do something, as with a damaged file. */
export function isOfSqlite(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    error.code === "ERR_SQLITE_ERROR";
}
