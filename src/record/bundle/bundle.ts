import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import {
  ExperimentError,
  explainSystemError,
  PendingFile,
  sha256Hex,
} from "@/core/mod.ts";
import { Copy } from "../_copy.ts";
import { databaseName } from "../_leftovers.ts";
import { objectPath } from "../_object_store.ts";
import { openRecords, type Records } from "../records.ts";
import { bringRuns } from "./bring_runs.ts";

/** A file that goes with runs. */
export interface BundledFile {
  /** Its path in the bundle: `page.html`, `data/vnc/a.hdf`. */
  readonly name: string;
  /** Its bytes. */
  readonly content: Uint8Array;
}

/**
 * Writes runs and files into one file: a database of records that has all
 * contents within, so that whatever reads records reads it.
 *
 * @throws {ExperimentError} As {@linkcode bringRuns}; or if the file cannot be
 * written.
 */
export function writeBundle(
  path: string,
  { folder, runs, files }: {
    readonly folder: string;
    readonly runs: readonly string[];
    readonly files: readonly BundledFile[];
  },
): readonly string[] {
  const place = Deno.makeTempDirSync({ prefix: "cleft-bundle-" });
  try {
    const { brought } = bringRuns(runs, { from: folder, to: place });
    fillBundle(place, files);
    moveOut(join(place, databaseName), path);
    return brought;
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
}

/** Puts a bundle where the user wants it; the disk there may be another one. */
function moveOut(bundle: string, path: string): void {
  try {
    using pending = new PendingFile(path);
    Deno.copyFileSync(bundle, pending.part);
    pending.commit();
  } catch (error) {
    throw explainSystemError(error, { doing: `write "${path}"`, where: path });
  }
}

/** Puts files and contents into the database of a results folder, and that into one file. */
function fillBundle(place: string, files: readonly BundledFile[]): void {
  using db = new DatabaseSync(join(place, databaseName));
  db.exec(`CREATE TABLE bundled_file (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL
  ) STRICT`);
  const addFile = db.prepare("INSERT INTO bundled_file VALUES (?, ?, ?)");
  for (const { name, content } of files) {
    addFile.run(name, sha256Hex(content), content);
  }
  const addObject = db.prepare(
    "INSERT OR IGNORE INTO object (sha256, content) VALUES (?, ?)",
  );
  for (const { sha256 } of db.prepare("SELECT sha256 FROM artifact").all()) {
    const object = objectPath(place, sha256 as string);
    const isInside = db.prepare("SELECT 1 FROM object WHERE sha256 = ?")
      .get(sha256!);
    if (!isInside) addObject.run(sha256!, Deno.readFileSync(object));
  }
  // One file alone. SQLite's VACUUM INTO would write it, for which Deno wants
  // all rights.
  db.exec("PRAGMA journal_mode = DELETE");
}

/** A bundle that was opened. */
export interface Bundle extends Disposable {
  /** A results folder with its runs. */
  readonly folder: string;
  /** What it has records of. */
  readonly records: Records;
  /** The files in it, each checked against its hash when it is read. */
  files(): Generator<BundledFile>;
}

/**
 * Opens a bundle; what is read of it lies in a folder that goes with it.
 *
 * @throws {ExperimentError} If it is none, or damaged.
 */
export function openBundle(path: string): Bundle {
  using opened = new DisposableStack();
  const copy = opened.use(new Copy(path));
  const folder = join(copy.path, "..");
  const refuse = (why: string, cause?: unknown) =>
    new ExperimentError(`Cannot read the bundle "${path}": ${why}`, {
      where: path,
      fix: "Get it again; deno task bundle writes one",
      cause,
    });
  const hasFiles = () => {
    using db = new DatabaseSync(copy.path, { readOnly: true });
    return db.prepare(
      "SELECT 1 FROM sqlite_schema WHERE name = 'bundled_file'",
    ).get() !== undefined;
  };
  try {
    if (!hasFiles()) throw refuse("it holds records, but is no bundle");
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw refuse("it is damaged, or no bundle", error);
  }
  const records = opened.use(openRecords(folder));
  const kept = opened.move();
  return {
    ...{ folder, records },
    *files() {
      using db = new DatabaseSync(copy.path, { readOnly: true });
      for (const row of db.prepare("SELECT * FROM bundled_file").all()) {
        const { name, sha256, content } = row as {
          name: string;
          sha256: string;
          content: Uint8Array;
        };
        if (sha256Hex(content) !== sha256) {
          throw refuse(`what is in it as "${name}" is not what was put in`);
        }
        yield { name, content };
      }
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
