import { deepStrictEqual, match, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { recorded, withoutIds, writeDatabase } from "./_testing.ts";
import { mlflowDatabase } from "./mlflow_database.ts";

Deno.test("mlflowDatabase reads what MLflow has recorded, but for what was deleted", () =>
  inTemporaryFolder((folder) => {
    const path = writeDatabase(folder);
    deepStrictEqual(withoutIds(mlflowDatabase.runs(path)), recorded);
    match(mlflowDatabase.runs(path)[0]!.where, /^run [0-9a-f]{32} in /);
  }));

Deno.test("mlflowDatabase knows its own from other files", () =>
  inTemporaryFolder((folder) => {
    const other = join(folder, "other.db"), text = join(folder, "text.db");
    {
      using db = new DatabaseSync(other);
      db.exec("CREATE TABLE runs (a)");
    }
    Deno.writeTextFileSync(text, "SQLite");
    deepStrictEqual(
      [writeDatabase(folder), other, text, folder, join(folder, "none")]
        .map((path) => mlflowDatabase.holds(path)),
      [true, false, false, false, false],
    );
  }));

Deno.test("mlflowDatabase refuses one that is damaged or of another form", () =>
  inTemporaryFolder((folder) => {
    const path = writeDatabase(folder);
    {
      using db = new DatabaseSync(path);
      db.exec("ALTER TABLE metrics RENAME COLUMN is_nan TO isnt");
    }
    throws(
      () => mlflowDatabase.runs(path),
      /^Cannot read the database of MLflow .*\n.*no such column: is_nan/,
    );
    Deno.truncateSync(path, 5000);
    throws(() => mlflowDatabase.holds(path), /^Cannot read the database/);
  }));
