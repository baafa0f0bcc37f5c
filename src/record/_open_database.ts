import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import { Copy, settledCopy } from "./_copy.ts";
import { refuseDamaged, refuseOtherSchema } from "./_damage.ts";
import { isUnwritable } from "./_failure.ts";
import { databaseName, hasDatabase } from "./_leftovers.ts";
import { migrate, migrations, schemaVersion } from "./migrations.ts";

/** Opens the database of a results folder, and makes or migrates it first. */
export function openToWrite(folder: string, writing: Writing): DatabaseSync {
  Deno.mkdirSync(folder, { recursive: true });
  hasDatabase(folder); // or has lost it
  return connectToWrite(join(folder, databaseName), writing);
}

/** How a database is opened to write. */
interface Writing {
  readonly timeoutMs: number;
  /** Whether nobody else may have it open. */
  readonly isAlone?: boolean;
}

/** Opens a database file to write, and makes or migrates it first. */
export function connectToWrite(
  path: string,
  { timeoutMs, isAlone = false }: Writing,
): DatabaseSync {
  const db = new DatabaseSync(path, {
    timeout: timeoutMs,
    enableForeignKeyConstraints: true,
  });
  try {
    // Before anything is read, or SQLite maps the index of its log, which other
    // machines do not see.
    if (isAlone) db.exec("PRAGMA locking_mode = EXCLUSIVE");
    schemaVersion(db, { where: path }); // refuses before anything is changed
    refuseDamaged(db, path);
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    migrate(db, { where: path });
    refuseOtherSchema(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** How a database is opened to read. */
interface Reading {
  readonly timeoutMs: number;
  /** Whether a copy is opened in place of the database. */
  readonly asCopy: boolean;
  /** Gets what is to go once the connection is closed. */
  readonly copies: DisposableStack;
}

/** Opens the database of a results folder to read; it must be there. */
export function openToRead(folder: string, reading: Reading): DatabaseSync {
  const path = join(folder, databaseName);
  if (!hasDatabase(folder)) {
    throw new ExperimentError("Cannot read the records: there are none yet", {
      where: path,
      fix: "Run an experiment first, or name the folder of the results",
    });
  }
  if (reading.asCopy) return connectToCopy(path, reading);
  const db = connectToRead(path, reading);
  try {
    if (schemaVersion(db, { where: path }) === migrations.length) {
      refuseOtherSchema(db, path);
      refuseDamaged(db, path);
      return db;
    }
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  connectToWrite(path, reading).close(); // migrates it
  return connectToRead(path, reading);
}

/** Reads a copy, which may be of an older form. */
function connectToCopy(
  path: string,
  { timeoutMs, copies }: Reading,
): DatabaseSync {
  const copy = copies.use(settledCopy(path));
  connectToWrite(copy.path, { timeoutMs }).close(); // migrates it
  return new DatabaseSync(copy.path, { readOnly: true, timeout: timeoutMs });
}

/**
 * Of a folder we may not write to, reads a copy of the file if no log is left:
 * SQLite would put an index of its log beside the file. (Its `immutable` is a
 * word of URLs, which Deno takes for paths where not every right is given.)
 */
function connectToRead(
  path: string,
  { timeoutMs, copies }: Reading,
): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: timeoutMs });
  try {
    db.prepare("PRAGMA user_version").get();
    return db;
  } catch (error) {
    db.close();
    if (!isUnwritable(error) || statIfThere(`${path}-wal`)) throw error;
  }
  const copy = copies.use(new Copy(path));
  return new DatabaseSync(copy.path, { readOnly: true, timeout: timeoutMs });
}
