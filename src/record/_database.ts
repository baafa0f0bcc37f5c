import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExperimentError } from "@/core/mod.ts";
import { isBusy, recordFailure } from "./_failure.ts";
import { migrate, migrations, schemaVersion } from "./migrations.ts";
import { Statement } from "./_statement.ts";
import { transaction } from "./_transaction.ts";

/** How a database is opened. */
export interface DatabaseOptions {
  /** Whether only to read; the database must then be there. */
  readonly readOnly?: boolean;
  /** How long SQLite waits for another's lock before it gives up once. */
  readonly timeoutMs?: number;
  /** How long in all to try before a write fails. */
  readonly patienceMs?: number;
}

/** One connection to `runs.sqlite`, with its prepared statements. */
export class Database implements Disposable {
  /** The database file. */
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #patienceMs: number;
  readonly #statements = new Map<string, Statement>();
  #failures = 0;
  #isWriting = false;

  /** Opens the database of a results folder, and makes or migrates it first. */
  constructor(folder: string, options: DatabaseOptions = {}) {
    const { readOnly = false, timeoutMs = 5000, patienceMs = 60_000 } = options;
    this.path = join(folder, "runs.sqlite");
    this.#patienceMs = patienceMs;
    try {
      this.#db = readOnly
        ? openToRead(this.path, timeoutMs)
        : this.#patiently(() => openToWrite(folder, this.path, timeoutMs));
    } catch (error) {
      throw recordFailure(error, "open the records", this.path);
    }
  }

  /** How many transactions were rolled back; what was read in one is then void. */
  get failures(): number {
    return this.#failures;
  }

  /** The statement for a text, prepared once. */
  sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /**
   * Runs `work` as one transaction, again if another connection is in the way.
   *
   * @throws {RunError} If it could not be recorded; then none of it was.
   */
  write<T>(doing: string, work: () => T): T {
    this.#isWriting = true;
    try {
      return this.#patiently(() => transaction(this.#db, work));
    } catch (error) {
      throw recordFailure(error, doing, this.path);
    } finally {
      this.#isWriting = false;
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepare(text: string): Statement {
    const explain = (error: unknown) =>
      this.#isWriting // then `write` explains it
        ? error
        : recordFailure(error, "read the records", this.path);
    try {
      return new Statement(this.#db.prepare(text), explain);
    } catch (error) {
      throw explain(error);
    }
  }

  #patiently<T>(work: () => T): T {
    const giveUpAt = performance.now() + this.#patienceMs;
    while (true) {
      try {
        return work();
      } catch (error) {
        this.#failures++;
        if (!isBusy(error) || performance.now() > giveUpAt) throw error;
        pause(5);
      }
    }
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function openToWrite(
  folder: string,
  path: string,
  timeout: number,
): DatabaseSync {
  Deno.mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(path, {
    timeout,
    enableForeignKeyConstraints: true,
  });
  try {
    schemaVersion(db, path); // refuses before anything is changed
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openToRead(path: string, timeout: number): DatabaseSync {
  if (!isThere(path)) {
    throw new ExperimentError("Cannot read the records: there are none yet", {
      where: path,
      fix: "Run an experiment first, or name the folder of the results",
    });
  }
  const db = connectToRead(path, timeout);
  try {
    if (schemaVersion(db, path) === migrations.length) return db;
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  using older = new DatabaseSync(path, { timeout });
  migrate(older, path);
  return connectToRead(path, timeout);
}

/** Of a folder we may not write to, reads the file as it is, if no log is left. */
function connectToRead(path: string, timeout: number): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout });
  try {
    db.prepare("PRAGMA user_version").get();
    return db;
  } catch (error) {
    db.close();
    if (isThere(`${path}-wal`)) throw error;
  }
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return new DatabaseSync(url, { readOnly: true });
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
