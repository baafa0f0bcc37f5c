import { DatabaseSync } from "node:sqlite";
import { damagedRecords } from "./_failure.ts";
import { migrate } from "./migrations.ts";

/** Tables too large to look through whenever a database is opened. */
const large = new Set([
  "metric",
  "curve",
  "sample",
  "weight_hash",
  "object",
]);

/**
 * Fails for a database whose smaller tables are damaged, before anything is
 * written into it.
 *
 * @throws {ExperimentError} How to save what can be read.
 */
export function refuseDamaged(db: DatabaseSync, path: string): void {
  const tables = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table'",
  ).all().map(({ name }) => name as string);
  const check = db.prepare("SELECT quick_check FROM pragma_quick_check(?)");
  for (const table of tables) {
    if (large.has(table)) continue;
    const [first] = check.all(table);
    if (first?.quick_check !== "ok") {
      throw damagedRecords(path, new Error(`${first?.quick_check}`));
    }
  }
}

/**
 * Fails for a migrated database whose tables are not those that migrations make;
 * others besides do no harm.
 *
 * @throws {ExperimentError} How to save what can be read.
 */
export function refuseOtherSchema(db: DatabaseSync, path: string): void {
  const found = schemaOf(db);
  for (const [name, sql] of newestSchema ??= schemaOfFresh()) {
    if (found.get(name) === sql) continue;
    throw damagedRecords(path, new Error(`the schema of ${name} is another`));
  }
}

let newestSchema: ReadonlyMap<unknown, unknown> | undefined;

function schemaOfFresh(): ReadonlyMap<unknown, unknown> {
  using fresh = new DatabaseSync(":memory:");
  migrate(fresh, { where: "memory" });
  return schemaOf(fresh);
}

function schemaOf(db: DatabaseSync): ReadonlyMap<unknown, unknown> {
  return new Map(
    db.prepare("SELECT name, sql FROM sqlite_schema").all()
      .map(({ name, sql }) => [name, sql]),
  );
}
