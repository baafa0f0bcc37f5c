import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { Database } from "../_database.ts";
import { recordFailure } from "../_failure.ts";

/** What a cell of an answer holds; bytes in hexadecimal, as `x'…'`. */
export type QueryCell = string | number | null;

/** What a query gave. */
export interface Answer {
  /** The columns, in their order; names may occur twice. */
  readonly columns: readonly string[];
  /** The rows, each in the columns' order. */
  readonly rows: readonly (readonly QueryCell[])[];
}

/**
 * Asks the records in SQL; nothing can be changed by it.
 *
 * @throws {ExperimentError} If it is no single query, or wrong.
 */
export function query(database: Database, sql: string): Answer {
  try {
    const statement = database.prepare(sql);
    checkWhole(sql, statement.expandedSQL);
    statement.setReadBigInts(true);
    // Deno's types lack the method that Node documents and Deno has.
    (statement as unknown as { setReturnArrays(on: boolean): void })
      .setReturnArrays(true);
    const columns = statement.columns().map(({ name }) => name);
    const rows = statement.all() as unknown as readonly (readonly unknown[])[];
    return { columns, rows: rows.map((row) => row.map(cellOf)) };
  } catch (error) {
    throw explained(error, { database, sql });
  }
}

/** SQLite takes the first statement, and would leave the rest out in silence. */
function checkWhole(sql: string, taken: string): void {
  const rest = sql.slice(taken.length)
    .replaceAll(/--.*|\/\*[^]*?(\*\/|$)|[;\s]/g, "");
  if (rest === "") return;
  throw new ExperimentError("Cannot run more than one statement", {
    where: `character ${taken.length + 1} of ${sql}`,
    fix: "Write a single query",
  });
}

function cellOf(value: unknown): QueryCell {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  }
  if (value instanceof Uint8Array) return `x'${value.toHex()}'`;
  return value as QueryCell;
}

function explained(
  error: unknown,
  { database, sql }: { readonly database: Database; readonly sql: string },
): unknown {
  if (!(error instanceof Error) || error instanceof ExperimentError) {
    return error;
  }
  const { errcode } = error as { readonly errcode?: unknown };
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot run the query: ${why}`, {
      where: sql.trim() === "" ? "the command line" : sql,
      fix,
      cause: error,
    });
  if (sql.replaceAll(/[;\s]/g, "") === "") {
    return refuse("it is empty", "Write it like select * from runs");
  }
  if (errcode === 8) return refuse("it would write", "Write a select alone");
  if (errcode !== 1) {
    return recordFailure(error, {
      doing: "read the records",
      where: database.path,
    });
  }
  const [, lacking] =
    /^no such (?:column|table): (?:\w+\.)?(\w+)$/.exec(error.message) ?? [];
  const near = lacking && nearestName(lacking, namesOf(database));
  return refuse(
    error.message,
    near && near !== lacking
      ? `Did you mean "${near}"?`
      : "docs/runs.md lists views and columns; deno task sql without a query too",
  );
}

/** The names of views, and of their columns. */
function namesOf(database: Database): readonly string[] {
  return viewsOf(database).flatMap(({ name, columns }) => [name, ...columns]);
}

/** What there is to ask, made for it. */
export function viewsOf(
  database: Database,
): readonly { readonly name: string; readonly columns: readonly string[] }[] {
  const rows = database.prepare(
    `SELECT v.name AS name, c.name AS column
     FROM sqlite_schema v JOIN pragma_table_info(v.name) c
     WHERE v.type = 'view' ORDER BY v.rowid, c.cid`,
  ).all();
  return [...Map.groupBy(rows, ({ name }) => `${name}`)].map(
    ([name, columns]) => ({
      name,
      columns: columns.map(({ column }) => `${column}`),
    }),
  );
}
