import type { DatabaseSync } from "node:sqlite";
import { migrations } from "../migrations.ts";
import { makeDatabase } from "./_form.ts";
import type { StoredForm } from "./_page.ts";
import type { Tree } from "./_trees.ts";

/** How the rows of a table look in the file. */
export interface Shape {
  /** The table. */
  readonly table: string;
  /** Whether its rows have a number. */
  readonly isTable: boolean;
  /** Its columns as they follow each other in the file. */
  readonly columns: readonly ColumnShape[];
  /** What makes a table that reads such rows and has no index. */
  create(name: string): string;
}

interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

/** The shapes of the tables of each format that was asked for. */
const known = new Map<number, readonly Shape[]>();

/** The shapes of the tables of a format. */
export function shapesOfFormat(format: number): readonly Shape[] {
  const shapes = known.get(format) ?? readShapes(format);
  known.set(format, shapes);
  return shapes;
}

function readShapes(format: number): readonly Shape[] {
  using made = makeDatabase(":memory:", format);
  return made.prepare(
    `SELECT name, sql FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`,
  ).all().map(({ name, sql }) => shapeOf(made, `${name}`, `${sql}`));
}

function shapeOf(db: DatabaseSync, table: string, sql: string): Shape {
  const isTable = !/WITHOUT ROWID/.test(sql);
  const columns = db.prepare(
    `SELECT name, type, pk, "notnull" = 0 OR dflt_value IS NOT NULL AS optional
     FROM pragma_table_info(?) ORDER BY cid`,
  ).all(table).map(({ name, type, pk, optional }) => ({
    name: `${name}`,
    place: Number(pk),
    // A whole number that is the key is the row's number, and null in the row.
    type: isTable && pk === 1 && type === "INTEGER" ? "NUMBER" : `${type}`,
    isOptional: optional === 1,
  }));
  const key = columns.filter(({ place }) => place > 0)
    .toSorted((a, b) => a.place - b.place);
  return {
    table,
    isTable,
    columns: isTable
      ? columns
      : [...key, ...columns.filter(({ place }) => place === 0)],
    create: (name) =>
      isTable
        ? `CREATE TABLE ${name} (${columns.map(declared).join(", ")})`
        : sql.replace(/^CREATE TABLE "?\w+"?/, `CREATE TABLE ${name}`),
  };
}

function declared({ name, type }: ColumnShape): string {
  return type === "NUMBER" ? `${name} INTEGER PRIMARY KEY` : name;
}

/** The table that the rows of a tree fit, or none. */
export function shapeOfTree(
  { sample }: Pick<Tree, "sample">,
  shapes: readonly Shape[],
): Shape | undefined {
  return shapes.find(({ isTable, columns }) =>
    isTable === sample.isTable && sample.rows.length > 0 &&
    sample.rows.every((row) =>
      row.length <= columns.length &&
      columns.every((column, i) =>
        row[i] ? fits(row[i], column) : column.isOptional
      )
    )
  );
}

function fits(
  { kind, bytes }: StoredForm,
  { name, type, isOptional }: ColumnShape,
): boolean {
  if (type === "NUMBER") return kind === "null";
  // A hash is never left out where rows have a place for it.
  const isHash = name === "sha256" || name.endsWith("_hash");
  if (isHash) return bytes === (type === "BLOB" ? 32 : 64);
  if (type === "ANY") return ["null", "integer", "real"].includes(kind);
  return kind === type.toLowerCase() || kind === "null" && isOptional;
}

/**
 * How many migrations a database had by the rows of its trees: the oldest format
 * that most of them fit; 0 if none fits any.
 */
export function formatOfTrees(trees: readonly Tree[]): number {
  const fitting = migrations.map((_, i) => {
    const shapes = shapesOfFormat(i + 1);
    return trees.filter((tree) => shapeOfTree(tree, shapes)).length;
  });
  const most = Math.max(...fitting);
  return most === 0 ? 0 : fitting.indexOf(most) + 1;
}
