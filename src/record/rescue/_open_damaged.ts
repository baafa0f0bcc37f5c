import { DatabaseSync } from "node:sqlite";
import { isOfSqlite } from "./_read_rows.ts";

/** Opens a database so that SQLite reads what it can; null if it cannot at all. */
export function openDamaged(
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): DatabaseSync | null {
  const options = { readOnly, timeout: 5000, defensive: false };
  const db = new DatabaseSync(path, options);
  try {
    db.exec("PRAGMA writable_schema = ON"); // takes the tables that are sound
    tablesFound(db);
    return db;
  } catch (error) {
    db.close();
    if (!isOfSqlite(error)) throw error;
    return null;
  }
}

/** How many tables and indices are found; a damaged list fails only once. */
function tablesFound(db: DatabaseSync): number {
  const count = db.prepare("SELECT count(*) AS n FROM sqlite_schema");
  return Number(count.get()!.n);
}
