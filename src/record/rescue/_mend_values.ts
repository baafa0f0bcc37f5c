import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { holderSchema } from "../table/heartbeats.ts";
import { axesSchema, variantSchema } from "../table/matrices.ts";
import { jsonColumns } from "../table/runs.ts";

/** What the columns hold that are JSON, and what stands for what is lost. */
const values: readonly {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  readonly schema: z.ZodType;
  readonly lost: unknown;
}[] = [
  ofRun("overrides", []),
  ofRun("environment", {
    engine: "unknown",
    versions: {},
    devices: [],
    threads: 0,
    cpu: "unknown",
    gpu: null,
    os: "unknown",
    commit: null,
    lockfileSha256: "",
    notices: ["The surroundings of this run were lost with the records"],
  }),
  ofRun("ranking", null),
  ofRun("variant", null),
  {
    table: "heartbeat",
    key: "run",
    column: "holder",
    schema: holderSchema,
    lost: { pid: 0, host: "a machine unknown" },
  },
  {
    table: "verdict",
    key: "run",
    column: "reasons",
    schema: z.array(z.string()),
    lost: [],
  },
];

function ofRun(column: keyof typeof jsonColumns, lost: unknown) {
  const schema = jsonColumns[column];
  return { table: "run", key: "number", column, schema, lost };
}

/**
 * Replaces values that are no JSON, or other than was written, and says which.
 * Call it within a transaction.
 */
export function mendValues(db: DatabaseSync): readonly string[] {
  return [
    ...removeMatrices(db),
    ...values.flatMap(({ table, key, column, schema, lost }) => {
      const rows = db.prepare(
        `SELECT ${key} AS key, ${column} AS value FROM ${table}
       WHERE ${column} IS NOT NULL`,
      ).all();
      const bad = rows.filter(({ value }) => !isSound(`${value}`, schema));
      const write = db.prepare(
        `UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`,
      );
      for (const { key } of bad) {
        write.run(lost === null ? null : JSON.stringify(lost), key!);
      }
      return bad.map(({ key }) => `${table} ${key}: ${column}`);
    }),
  ];
}

/** Removes matrices of which it cannot be told what they consist of. */
function removeMatrices(db: DatabaseSync): readonly string[] {
  const of = (sql: string, schema: z.ZodType) =>
    db.prepare(sql).all().filter(({ value }) => !isSound(`${value}`, schema))
      .map(({ name }) => `${name}`);
  const bad = new Set([
    ...of("SELECT name, axes AS value FROM matrix", axesSchema),
    ...of(
      "SELECT matrix AS name, place AS value FROM matrix_variant",
      variantSchema,
    ),
  ]);
  for (const name of bad) {
    db.prepare("DELETE FROM matrix_variant WHERE matrix = ?").run(name);
    db.prepare("DELETE FROM matrix WHERE name = ?").run(name);
  }
  return [...bad].map((name) => `matrix ${name}`);
}

function isSound(text: string, schema: z.ZodType): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return false;
  }
}
