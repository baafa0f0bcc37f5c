import { z } from "zod";
import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";
import type { RerunVerdict, Verdict } from "../verdict.ts";

interface VerdictRow {
  readonly identical: 0 | 1;
  readonly extent: Verdict["extent"];
  readonly metrics: number | null;
  readonly weight_hashes: number;
  readonly samples: number;
  readonly step: number | null;
  readonly difference: string | null;
  readonly reasons: string;
}

const columns = "identical, extent, metrics, weight_hashes, samples, step, " +
  "difference, reasons";

/** The `verdict` table. */
export class VerdictTable {
  readonly #database: Database;

  /** The verdicts of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes what a rerun found, in place of what it found before. Call it within a transaction. */
  put(
    run: number,
    { isIdentical, firstDifference, reasons, same, extent }: Verdict,
  ): void {
    this.#database.sql(
      `INSERT OR REPLACE INTO verdict (run, identical, extent, metrics,
         weight_hashes, samples, step, difference, reasons)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      run,
      isIdentical ? 1 : 0,
      extent,
      same?.metrics ?? null,
      same?.weightHashes ?? null,
      same?.samples ?? null,
      firstDifference?.step ?? null,
      firstDifference ? withoutNul(firstDifference.what) : null,
      JSON.stringify(reasons),
    );
  }

  /** What a run found as it repeated another one, or null. */
  of(run: number): Verdict | null {
    const row = this.#database.sql(
      `SELECT ${columns} FROM verdict WHERE run = ?`,
    )
      .get<VerdictRow>(run);
    return row ? this.#verdictOf(row) : null;
  }

  /** What the reruns of a run found, oldest first. */
  ofReruns(id: string): RerunVerdict[] {
    return this.#database.sql(
      `SELECT id, ${columns} FROM run JOIN verdict ON run = number
       WHERE rerun_of = ? ORDER BY number`,
    ).all<VerdictRow & { readonly id: string }>(id)
      .map((row) => ({ id: row.id, verdict: this.#verdictOf(row) }));
  }

  #verdictOf(row: VerdictRow): Verdict {
    const { metrics, weight_hashes: weightHashes, samples } = row;
    return {
      isIdentical: row.identical === 1,
      firstDifference: row.difference === null
        ? null
        : { step: row.step, what: row.difference },
      reasons: this.#database.json(row.reasons, z.array(z.string())),
      same: metrics === null ? null : { metrics, weightHashes, samples },
      extent: row.extent,
    };
  }
}
