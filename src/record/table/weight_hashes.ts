import type { Database } from "../_database.ts";
import type { WeightHash } from "../types.ts";

/** The `weight_hash` table, and the names of layers. */
export class WeightHashTable {
  readonly #database: Database;

  /** The hashes of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes hashes after those that a run has. Call it within a transaction. */
  add(run: number, hashes: readonly WeightHash[]): void {
    if (hashes.length === 0) return;
    const { last } = this.#database.sql(
      `SELECT coalesce(max(position), 0) AS last FROM weight_hash
       WHERE run = ?`,
    ).get<{ last: number }>(run)!;
    const addLayer = this.#database.sql(
      "INSERT OR IGNORE INTO layer (name) VALUES (?)",
    );
    const insert = this.#database.sql(
      `INSERT OR REPLACE INTO weight_hash (run, step, layer, position, sha256)
       VALUES (?, ?, (SELECT id FROM layer WHERE name = ?), ?, unhex(?))`,
    );
    for (const [i, { step, layer, sha256 }] of hashes.entries()) {
      addLayer.run(layer);
      insert.run(run, step, layer, last + 1 + i, sha256);
    }
  }

  /** Writes those of one run for another one too. Call it within a transaction. */
  copy(from: number, to: number): void {
    this.#database.sql(
      `INSERT INTO weight_hash (run, step, layer, position, sha256)
       SELECT ?, step, layer, position, sha256 FROM weight_hash WHERE run = ?`,
    ).run(to, from);
  }

  /** Removes what was after a step. Call it within a transaction. */
  trim(run: number, step: number): void {
    this.#database.sql("DELETE FROM weight_hash WHERE run = ? AND step > ?")
      .run(run, step);
  }

  /** The hashes of a run, by step and in the network's order. */
  of(run: number): WeightHash[] {
    return this.#database.sql(
      `SELECT step, name AS layer, lower(hex(sha256)) AS sha256
       FROM weight_hash JOIN layer ON layer.id = layer
       WHERE run = ? ORDER BY step, position`,
    ).all<WeightHash>(run);
  }
}
