import type { Database } from "../_database.ts";

/** The `object` table: small contents by their hash. */
export class ObjectTable {
  readonly #database: Database;

  /** The contents in a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes content if it is not there. Call it within a transaction. */
  add(sha256: string, content: Uint8Array): void {
    this.#database.sql(
      "INSERT OR IGNORE INTO object (sha256, content) VALUES (?, ?)",
    ).run(sha256, content);
  }

  /** The content with this hash. */
  find(sha256: string): Uint8Array | undefined {
    return this.#database.sql("SELECT content FROM object WHERE sha256 = ?")
      .get<{ content: Uint8Array }>(sha256)?.content;
  }

  /** Removes it. Call it within a transaction. */
  remove(sha256: string): void {
    this.#database.sql("DELETE FROM object WHERE sha256 = ?").run(sha256);
  }

  /** Removes all that no artifact needs. Call it within a transaction. */
  sweep(): void {
    this.#database.sql(
      "DELETE FROM object WHERE sha256 NOT IN (SELECT sha256 FROM artifact)",
    ).run();
  }
}
