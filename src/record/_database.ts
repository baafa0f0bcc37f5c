import type { DatabaseSync, StatementSync } from "node:sqlite";
import { join } from "node:path";
import type { z } from "zod";
import { RunError, statIfThere, writeAtomically } from "@/core/mod.ts";
import { damagedRecords, isBusy, recordFailure } from "./_failure.ts";
import { databaseName, removeLog, rescuePath } from "./_leftovers.ts";
import { connectToWrite, openToRead, openToWrite } from "./_open_database.ts";
import { Statement } from "./_statement.ts";
import { transaction } from "./_transaction.ts";

/** How a database is opened. */
export interface DatabaseOptions {
  /** Whether only to read; the database must then be there. */
  readonly readOnly?: boolean;
  /**
   * To read a copy of what is there at this moment, as another machine may be
   * writing: SQLite's log must be opened by one machine alone.
   */
  readonly asCopy?: boolean;
  /**
   * To write while nobody else has it open: on a disk of several machines, their
   * processes would not see each other's log.
   */
  readonly isAlone?: boolean;
  /** How long SQLite waits for another's lock before it gives up once. */
  readonly timeoutMs?: number;
  /** How long in all to try before a write fails. */
  readonly patienceMs?: number;
}

/** That the file of an open database was removed or replaced. */
export class DatabaseGone extends RunError {}

/** One connection to `runs.sqlite`, with its prepared statements. */
export class Database implements Disposable {
  readonly #folder: string;
  readonly #patienceMs: number;
  readonly #timeoutMs: number;
  readonly #statements = new Map<string, Statement>();
  /** What goes when the connection is closed. */
  readonly #copies = new DisposableStack();
  #db: DatabaseSync;
  #path: string;
  /** What tells the file that is open from another one in its place. */
  #inode: number | null;
  #failures = 0;
  #isWriting = false;

  /** Opens the database of a results folder, and makes or migrates it first. */
  constructor(folder: string, options: DatabaseOptions = {}) {
    const { timeoutMs = 5000, patienceMs = 60_000 } = options;
    const { readOnly = false, asCopy = false, isAlone = false } = options;
    this.#folder = folder;
    this.#path = join(folder, databaseName);
    this.#patienceMs = patienceMs;
    this.#timeoutMs = timeoutMs;
    try {
      this.#db = readOnly
        ? openToRead(folder, { timeoutMs, asCopy, copies: this.#copies })
        : this.#patiently(() => openToWrite(folder, { timeoutMs, isAlone }));
      this.#inode = Deno.statSync(this.#path).ino;
    } catch (error) {
      this.#copies.dispose();
      throw recordFailure(error, {
        doing: "open the records",
        where: this.#path,
      });
    }
  }

  /** The database file. */
  get path(): string {
    return this.#path;
  }

  /** How many transactions were rolled back; what was read in one is then void. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * A number that is another one once another connection has written.
   *
   * @throws {DatabaseGone} If there is another database by now, or none.
   */
  get version(): number {
    this.#checkThere("follow the records");
    const row = this.sql("PRAGMA data_version").get<{ data_version: number }>();
    return row!.data_version;
  }

  /** A statement of the user's; what fails is theirs to hear. */
  prepare(text: string): StatementSync {
    return this.#db.prepare(text);
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
   * What a column holds as JSON.
   *
   * @throws {ExperimentError} If it holds no JSON, or other than was written.
   */
  json<T>(text: string, schema: z.ZodType<T>): T {
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      throw damagedRecords(this.#path, error);
    }
  }

  /**
   * Runs `work` as one transaction, again if another connection is in the way.
   *
   * @throws {DatabaseGone} If there is another database by now, or none.
   * @throws {RunError} If it could not be recorded; then none of it was.
   */
  write<T>(doing: string, work: () => T): T {
    this.#checkThere(doing);
    this.#isWriting = true;
    try {
      return this.#patiently(() => transaction(this.#db, work));
    } catch (error) {
      throw recordFailure(error, { doing, where: this.#path });
    } finally {
      this.#isWriting = false;
    }
  }

  /**
   * Saves all that is in a database whose file is gone to a file beside it, and
   * goes on in that; its path.
   *
   * @throws {RunError} If it cannot be written.
   */
  rescue(): string {
    const path = rescuePath(this.#folder);
    try {
      Deno.mkdirSync(this.#folder, { recursive: true });
      // Not VACUUM INTO, for which Deno wants all rights.
      writeAtomically(path, serialized(this.#db));
      this[Symbol.dispose]();
      removeLog(this.#path);
      this.#db = connectToWrite(path, { timeoutMs: this.#timeoutMs });
      // One file alone, to be put where the other was.
      this.#db.exec("PRAGMA journal_mode = DELETE");
      this.#path = path;
      this.#inode = Deno.statSync(path).ino;
      return path;
    } catch (error) {
      throw recordFailure(error, { doing: "save the records", where: path });
    }
  }

  /**
   * Bytes of the file that the next rows take. (Giving them back takes SQLite's
   * VACUUM, for which Deno wants all rights.)
   */
  get freeBytes(): number {
    const pragma = (name: string) =>
      Number(this.#db.prepare(`PRAGMA ${name}`).get()![name]);
    return pragma("freelist_count") * pragma("page_size");
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#db.close();
    this.#copies.dispose();
  }

  #checkThere(doing: string): void {
    if (statIfThere(this.#path)?.ino === this.#inode) {
      return;
    }
    throw new DatabaseGone(
      `Cannot ${doing}: the database was removed or replaced meanwhile`,
      { where: this.#path, fix: "Put it back, then try again" },
    );
  }

  #prepare(text: string): Statement {
    const explain = (error: unknown) =>
      this.#isWriting // then `write` explains it
        ? error
        : recordFailure(error, {
          doing: "read the records",
          where: this.#path,
        });
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

/** A database as the bytes of its file, what is in its log included. */
function serialized(db: DatabaseSync): Uint8Array {
  // Deno's types lack the method that Node documents and Deno has.
  return (db as unknown as { serialize(): Uint8Array }).serialize();
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
