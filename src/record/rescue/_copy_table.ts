import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { sha256Hex } from "@/core/mod.ts";
import { isOfSqlite, readRows, type Row } from "./_read_rows.ts";
import type { TableForm } from "./_table.ts";

/** What was saved of a table. */
export interface SavedTable {
  /** Its name. */
  readonly name: string;
  /** Rows that are in the new database. */
  readonly rows: number;
  /** Rows that were read and are none: of wrong types, or of a run that is lost. */
  readonly refused: number;
  /** Whether the database could be read to its end. */
  readonly isWhole: boolean;
}

/** Copies rows that are not there yet, from a table of that or another name. */
export function copyTable(
  { name, columns, key }: TableForm,
  { from, to, as = name }: {
    readonly from: DatabaseSync;
    readonly to: DatabaseSync;
    readonly as?: string;
  },
): SavedTable {
  const insert = to.prepare(
    `INSERT INTO ${name} (${columns.join(", ")})
     VALUES (${columns.map(() => "?").join(", ")})`,
  );
  let rows = 0, refused = 0;
  const put = (row: Row) => {
    try {
      insert.run(...row as SQLInputValue[]);
      rows++;
    } catch (error) {
      if (
        !isOfSqlite(error) || !/constraint|cannot store/.test(error.message)
      ) {
        throw error;
      }
      if (/UNIQUE/.test(error.message)) return; // read before
      const diff = columns.indexOf("diff");
      if (name === "run" && addLostDiff(to, row[diff])) put(row);
      else refused++;
    }
  };
  const keep = (row: Row) => {
    if (name === "object" && !isContent(row)) refused++;
    else put(row);
  };
  const gaps = readRows(from, { table: { name: as, columns, key }, keep });
  return { name, rows, refused, isWhole: gaps === 0 };
}

function isContent([sha256, content]: Row): boolean {
  return content instanceof Uint8Array && sha256Hex(content) === sha256;
}

/** Stands in for a change of the code that is lost; false if it is there. */
function addLostDiff(to: DatabaseSync, id: unknown): boolean {
  if (typeof id !== "bigint") return false;
  const content =
    `# The change of the code was lost with the records (${id})\n`;
  return to.prepare(
    "INSERT OR IGNORE INTO diff (id, sha256, content) VALUES (?, ?, ?)",
  ).run(id, sha256Hex(content), content).changes === 1;
}
