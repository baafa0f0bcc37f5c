import { sha256Hex } from "@/core/mod.ts";
import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";

/** The `diff` table: each uncommitted change of the code once. */
export class DiffTable {
  readonly #database: Database;
  readonly #known = new Map<number, string>();

  /** The changes in a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes a change if it is not there; its number. Call it within a transaction. */
  add(diff: string): number {
    const content = withoutNul(diff), sha256 = sha256Hex(content);
    this.#database.sql(
      "INSERT OR IGNORE INTO diff (sha256, content) VALUES (?, ?)",
    ).run(sha256, content);
    return this.#database.sql("SELECT id FROM diff WHERE sha256 = ?")
      .get<{ id: number }>(sha256)!.id;
  }

  /** The change of this number. */
  find(id: number): string {
    let content = this.#known.get(id);
    if (content === undefined) {
      content = this.#database.sql("SELECT content FROM diff WHERE id = ?")
        .get<{ content: string }>(id)!.content;
      this.#known.set(id, content);
    }
    return content;
  }
}
