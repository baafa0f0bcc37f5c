import { z } from "zod";
import type { Database } from "../_database.ts";
import type { Holder } from "../_holder.ts";

/** Who records a run. */
export const holderSchema = z.object({
  pid: z.number(),
  host: z.string(),
  startTick: z.string().nullable().exactOptional(),
  pidSpace: z.string().nullable().exactOptional(),
});

/** Who records a run, and when it was last heard of. */
export interface Heartbeat {
  /** Who records it, or did so last. */
  readonly holder: Holder;
  /** When, ISO 8601. */
  readonly at: string;
}

/**
 * The `heartbeat` table: who records each run, by which lease. Each takeover
 * raises the lease; who holds a lower one can write no more.
 */
export class HeartbeatTable {
  readonly #database: Database;

  /** The heartbeats of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes `holder` the one who records a run; the lease. Call it within a transaction. */
  take(run: number, { holder, at }: Heartbeat): number {
    return this.#database.sql(
      `INSERT INTO heartbeat (run, lease, holder, at) VALUES (?, 1, ?, ?)
       ON CONFLICT (run) DO UPDATE SET lease = lease + 1,
         holder = excluded.holder, at = excluded.at
       RETURNING lease`,
    ).get<{ lease: number }>(run, JSON.stringify(holder), at)!.lease;
  }

  /** Says that the holder of a lease lives; false if another one took over. */
  beat(run: number, { lease, at }: { lease: number; at: string }): boolean {
    return this.#database.sql(
      "UPDATE heartbeat SET at = ? WHERE run = ? AND lease = ?",
    ).run(at, run, lease) === 1;
  }

  /** Who records a run. */
  of(run: number): Heartbeat {
    const { holder, at } = this.#database.sql(
      "SELECT holder, at FROM heartbeat WHERE run = ?",
    ).get<{ holder: string; at: string }>(run)!;
    return { holder: this.#database.json(holder, holderSchema), at };
  }
}
