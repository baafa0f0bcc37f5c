import type { SQLInputValue } from "node:sqlite";
import type { Database } from "../_database.ts";
import { tablesOfRuns } from "../table/mod.ts";

type Row = Record<string, SQLInputValue>;

/** Tables whose rows runs share, and the columns that tell those apart. */
const shared: Readonly<Record<string, readonly string[]>> = {
  series: ["split", "name"],
  layer: ["name"],
  diff: ["sha256"],
};

/**
 * Copies the rows of a run from one database to another, where it gets a number
 * of its own. Call it within a transaction.
 */
export function copyRun(
  id: string,
  { from, to }: { readonly from: Database; readonly to: Database },
): void {
  const run = from.sql("SELECT * FROM run WHERE id = ?").get<Row>(id)!;
  const { number, ...columns } = run;
  const keys = new SharedRows(from, to);
  insert(to, "run", keys.inTarget(columns));
  const there = to.sql("SELECT number FROM run WHERE id = ?").get<Row>(id)!;
  for (const table of tablesOfRuns(from)) {
    const rows = from.sql(`SELECT * FROM ${table} WHERE run = ?`)
      .all<Row>(number!);
    for (const row of rows) {
      insert(to, table, keys.inTarget({ ...row, run: there["number"]! }));
    }
  }
  const matrices = { matrix: "name", matrix_variant: "matrix" };
  for (const [table, column] of Object.entries(matrices)) {
    const rows = from.sql(`SELECT * FROM ${table} WHERE ${column} = ?`)
      .all<Row>(run["experiment"]!);
    for (const row of rows) insert(to, table, row);
  }
}

/** What is there already stays. */
function insert(database: Database, table: string, row: Row): void {
  const names = Object.keys(row);
  database.sql(
    `INSERT OR IGNORE INTO ${table} (${names.map((name) => `"${name}"`)})
     VALUES (${names.map(() => "?")})`,
  ).run(...Object.values(row));
}

/** Rows that several runs name by a number, which is another elsewhere. */
class SharedRows {
  readonly #from: Database;
  readonly #to: Database;
  readonly #known = new Map<string, SQLInputValue>();

  constructor(from: Database, to: Database) {
    this.#from = from;
    this.#to = to;
  }

  /** A row with the numbers of the target, where what they name is copied to. */
  inTarget(row: Row): Row {
    return Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        column in shared ? this.#numberOf(column, value) : value,
      ]),
    );
  }

  #numberOf(table: string, number: SQLInputValue): SQLInputValue {
    const key = `${table} ${number}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { id: _, ...row } = this.#from.sql(
      `SELECT * FROM ${table} WHERE id = ?`,
    ).get<Row>(number)!;
    insert(this.#to, table, row);
    const columns = shared[table]!;
    const { id } = this.#to.sql(
      `SELECT id FROM ${table}
       WHERE ${columns.map((column) => `${column} = ?`).join(" AND ")}`,
    ).get<{ id: number }>(...columns.map((column) => row[column]!))!;
    this.#known.set(key, id);
    return id;
  }
}
