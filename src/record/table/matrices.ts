import { z } from "zod";
import type { Database } from "../_database.ts";
import type { MatrixRecord } from "../types.ts";

/** A place in a matrix. */
export const variantSchema = z.record(z.string(), z.string());
/** The axes of a matrix. */
export const axesSchema = z.array(
  z.object({ name: z.string(), values: z.array(z.string()) }),
);

/** How the trials of a search came about. */
const searchSchema = z.object({
  draw: z.string(),
  seed: z.number(),
  rungs: z.array(z.object({ volume: z.number(), trials: z.number() })),
});

/** A matrix, as files outside the database keep it. */
export const matrixSchema: z.ZodType<MatrixRecord> = z.object({
  name: z.string(),
  axes: axesSchema,
  variants: z.array(z.object({ values: variantSchema, planHash: z.string() })),
  search: searchSchema.exactOptional(),
});

/** The `matrix` table, and the variants of each. */
export class MatrixTable {
  readonly #database: Database;

  /** The matrices of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** The matrix of this name as it was when last run, or null. */
  find(name: string): MatrixRecord | null {
    const row = this.#database.sql(
      "SELECT axes, search FROM matrix WHERE name = ?",
    ).get<{ axes: string; search: string | null }>(name);
    if (!row) return null;
    const search = row.search === null
      ? {}
      : { search: this.#database.json(row.search, searchSchema) };
    const variants = this.#database.sql(
      `SELECT place, plan_hash FROM matrix_variant WHERE matrix = ?
       ORDER BY position`,
    ).all<{ place: string; plan_hash: string }>(name).map((variant) => ({
      values: this.#database.json(variant.place, variantSchema),
      planHash: variant.plan_hash,
    }));
    const axes = this.#database.json(row.axes, axesSchema);
    return { name, axes, variants, ...search };
  }

  /** Writes a matrix in place of the one of its name. Call it within a transaction. */
  put({ name, axes, variants, search }: MatrixRecord): void {
    this.#database.sql(
      `INSERT INTO matrix (name, axes, search) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET axes = excluded.axes,
         search = excluded.search`,
    ).run(name, JSON.stringify(axes), search ? JSON.stringify(search) : null);
    this.#database.sql("DELETE FROM matrix_variant WHERE matrix = ?").run(name);
    const insert = this.#database.sql(
      `INSERT INTO matrix_variant (matrix, position, place, plan_hash)
       VALUES (?, ?, ?, ?)`,
    );
    for (const [i, { values, planHash }] of variants.entries()) {
      insert.run(name, i, JSON.stringify(values), planHash);
    }
  }
}
