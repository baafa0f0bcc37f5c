import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";
import type { Marks } from "../collection/run_summary.ts";

/** What is to be changed of what people say of a run. */
export interface MarkChange {
  /** Tags to add. */
  readonly add?: readonly string[];
  /** Tags to take away. */
  readonly remove?: readonly string[];
  /** The note from now on, null for none. */
  readonly note?: string | null;
  /** The group from now on, null for none. */
  readonly group?: string | null;
  /** When it was put aside, null to have it back. */
  readonly archivedAt?: string | null;
  /** When it was deleted, null to have it back. */
  readonly deletedAt?: string | null;
}

const columns = {
  note: "note",
  group: "run_group",
  archivedAt: "archived_at",
  deletedAt: "deleted_at",
} as const;

/** The `tag` table, and the columns of `run` that people fill. */
export class MarkTable {
  readonly #database: Database;

  /** The marks of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes what changes. Call it within a transaction. */
  change(run: number, { add = [], remove = [], ...values }: MarkChange): void {
    for (const tag of add) {
      this.#database.sql("INSERT OR IGNORE INTO tag (run, name) VALUES (?, ?)")
        .run(run, withoutNul(tag));
    }
    for (const tag of remove) {
      this.#database.sql("DELETE FROM tag WHERE run = ? AND name = ?")
        .run(run, tag);
    }
    for (const [key, column] of Object.entries(columns)) {
      const value = values[key as keyof typeof columns];
      if (value === undefined) continue;
      this.#database.sql(`UPDATE run SET ${column} = ? WHERE number = ?`)
        .run(value && withoutNul(value), run);
    }
  }

  /** Those of a run. */
  of(run: number): Marks {
    const row = this.#database.sql(
      `SELECT note, run_group AS "group", archived_at AS archivedAt,
         deleted_at AS deletedAt FROM run WHERE number = ?`,
    ).get<Omit<Marks, "tags">>(run);
    const tags = this.#database.sql(
      "SELECT name FROM tag WHERE run = ? ORDER BY name",
    ).arrays<[string]>(run).map(([name]) => name);
    const none = { note: null, group: null, archivedAt: null, deletedAt: null };
    return { tags, ...row ?? none };
  }

  /** The tags of every run, by its number; in order. */
  tags(): ReadonlyMap<number, readonly string[]> {
    const rows = this.#database.sql("SELECT run, name FROM tag ORDER BY name")
      .arrays<[number, string]>();
    const tags = new Map<number, string[]>();
    for (const [run, name] of rows) {
      const before = tags.get(run);
      if (before) before.push(name);
      else tags.set(run, [name]);
    }
    return tags;
  }
}
