import type { DatabaseSync } from "node:sqlite";
import { statIfThere, writeAll } from "@/core/mod.ts";
import { Copy } from "../_copy.ts";
import { transaction } from "../_transaction.ts";
import { copyTable } from "./_copy_table.ts";
import { makeDatabase, tablesOf } from "./_form.ts";
import { mendHeader, pageBytesOf } from "./_header.ts";
import { openDamaged } from "./_open_damaged.ts";
import { formatOfTrees, shapeOfTree, shapesOfFormat } from "./_shape.ts";
import { findTrees, type Tree } from "./_trees.ts";

/**
 * A new database of the rows that the pages of another hold, whoever lists them:
 * tables are known by what their rows look like. It goes with this object.
 */
export class DatabaseByPages implements Disposable {
  /** The new database; nothing in it refers to what must be there. */
  readonly db: DatabaseSync;
  /** How many migrations it has had. */
  readonly format: number;
  /** Of the other database, only rows are left. */
  readonly left = "rows";
  readonly #copy: Copy;

  private constructor(copy: Copy, format: number, trees: readonly Tree[]) {
    this.#copy = copy;
    this.format = format;
    this.db = makeDatabase(`${copy.path}-found`, format);
    this.db.exec("PRAGMA foreign_keys = OFF");
    copyTrees(trees, { from: copy.path, to: this.db, format });
  }

  /** Reads what a file holds, of a format if that is known; null if nothing. */
  static open(path: string, format?: number): DatabaseByPages | null {
    const copy = new Copy(path);
    try {
      takeInLog(copy);
      const pageBytes = pageBytesOf(copy.path);
      const { size } = Deno.statSync(copy.path);
      Deno.truncateSync(copy.path, Math.ceil(size / pageBytes) * pageBytes);
      const trees = findTrees(copy.path, { pageBytes });
      const found = format ?? formatOfTrees(trees);
      if (found > 0) return new DatabaseByPages(copy, found, trees);
    } catch (error) {
      copy[Symbol.dispose]();
      throw error;
    }
    copy[Symbol.dispose]();
    return null;
  }

  [Symbol.dispose](): void {
    this.db.close();
    this.#copy[Symbol.dispose]();
  }
}

/** Brings into a copy what the log beside it has, as far as SQLite takes it. */
function takeInLog({ path, hasLog }: Copy): void {
  mendHeader(path, { hasLog });
  openDamaged(path, { readOnly: false })?.close();
  for (const end of ["-wal", "-shm"]) {
    if (statIfThere(path + end)) Deno.removeSync(path + end);
  }
}

/** Copies the rows of trees that look like those of a table, larger ones first. */
function copyTrees(
  trees: readonly Tree[],
  { from, to, format }: {
    readonly from: string;
    readonly to: DatabaseSync;
    readonly format: number;
  },
): void {
  const shapes = shapesOfFormat(format);
  const found = trees.flatMap(({ root, sample }) => {
    const shape = shapeOfTree({ sample }, shapes);
    return shape ? [{ root, shape, name: `tree_${root}` }] : [];
  });
  emptyFirstPage(from);
  using listed = openDamaged(from, { readOnly: false })!;
  const list = listed.prepare(
    `INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
     VALUES ('table', ?1, ?1, ?2, ?3)`,
  );
  transaction(listed, () => {
    for (const { root, shape, name } of found) {
      list.run(name, root, shape.create(name));
    }
  });
  using source = openDamaged(from, { readOnly: true })!;
  const forms = new Map(tablesOf(to).map((form) => [form.name, form]));
  transaction(to, () => {
    for (const { shape, name } of found) {
      copyTable(forms.get(shape.table)!, { from: source, to, as: name });
    }
  });
}

/** Makes the first page that of a database in which no table is listed. */
function emptyFirstPage(path: string): void {
  const pageBytes = pageBytesOf(path);
  mendHeader(path, { hasLog: false });
  const list = new DataView(new ArrayBuffer(pageBytes - 100));
  list.setUint8(0, 13); // a leaf of a table
  list.setUint16(5, pageBytes % 65536); // where its rows begin
  using file = Deno.openSync(path, { write: true });
  file.seekSync(100, Deno.SeekMode.Start);
  writeAll(file, new Uint8Array(list.buffer));
}
