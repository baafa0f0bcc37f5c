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
    db.prepare("SELECT count(*) FROM sqlite_schema").get(); // fails only once
    return db;
  } catch (error) {
    db.close();
    if (!isOfSqlite(error)) throw error;
    return null;
  }
}
