import { DatabaseSync } from "node:sqlite";
import { migrate, migrations } from "../migrations.ts";
import { readRows, type Row } from "./_read_rows.ts";
import { rowNumber, type TableForm } from "./_table.ts";

/** The tables of a database, in the order that they were made in. */
export function tablesOf(db: DatabaseSync): readonly TableForm[] {
  return db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    .all().map(({ name, sql }) => ({ name: `${name}`, sql: `${sql}` }))
    .filter(({ name }) => !name.startsWith("sqlite_"))
    .map(({ name, sql }) => {
      const columns = db.prepare(
        "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid",
      ).all(name).map((column) => ({
        name: `${column.name}`,
        isInteger: column.type === "INTEGER",
        place: Number(column.pk),
      }));
      const key = columns.filter(({ place }) => place > 0)
        .toSorted((a, b) => a.place - b.place)
        .map(({ name, isInteger }) => ({ name, isInteger }));
      return {
        name,
        columns: columns.map((column) => column.name),
        key: /WITHOUT ROWID/.test(sql) ? key : [rowNumber],
      };
    });
}

/**
 * A new database in a file, as the first `format` migrations leave it. It has to
 * be synced as a whole in the end.
 */
export function makeDatabase(path: string, format: number): DatabaseSync {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    db.exec("PRAGMA synchronous = OFF");
    migrate(db, { where: path, steps: migrations.slice(0, format) });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What makes the tables and indices of each format, from the first. */
let formats: readonly (readonly string[])[] | undefined;

/** What makes the tables and indices of a format, 0 of none. */
export function statementsOfFormat(format: number): readonly string[] {
  formats ??= migrations.map((_, i) => {
    using made = makeDatabase(":memory:", i + 1);
    return statementsOf(made);
  });
  return formats[format - 1] ?? [];
}

/**
 * The format that most of a database is of, whatever its header says: how many
 * migrations it has had, 0 if nothing is as any of them makes it.
 */
export function formatOf(db: DatabaseSync): number {
  const found = new Set(statementsOf(db));
  const likeness = migrations.map((_, i) => {
    const expected = statementsOfFormat(i + 1);
    const same = expected.filter((one) => found.has(one)).length;
    return same === 0 ? -Infinity : 2 * same - expected.length;
  });
  const most = Math.max(...likeness);
  return most === -Infinity ? 0 : likeness.lastIndexOf(most) + 1;
}

/** What made its tables and indices, as far as that can be read. */
export function statementsOf(db: DatabaseSync): readonly string[] {
  const statements = new Set<string>(); // a row may come twice
  const table = {
    name: "sqlite_schema",
    columns: ["name", "sql"],
    key: [rowNumber],
  };
  const keep = ([name, sql]: Row) => statements.add(`${name} ${sql}`);
  readRows(db, { table, keep });
  return [...statements];
}
