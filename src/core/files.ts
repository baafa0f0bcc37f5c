import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { ExperimentError } from "./errors.ts";
import { explainSystemError } from "./system_error.ts";

/** SHA-256 in hexadecimal of bytes or of a text in UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * A file that takes its place whole: it is written to `part`, a new name beside
 * its own, and renamed on commit. Missing folders are made; a symbolic link at
 * `path` is replaced, never followed. Disposed before, nothing is left of it.
 */
export class PendingFile implements Disposable {
  /** Where it will be. */
  readonly path: string;
  /** Where it is written; nothing is there yet. */
  readonly part: string;

  /** Makes sure of the folder. */
  constructor(path: string) {
    this.path = path;
    this.part = `${path}.${Deno.pid}.tmp`;
    Deno.mkdirSync(dirname(path), { recursive: true });
    removeIfThere(this.part);
    removeLeft(path);
  }

  /** Puts it in place, to last through a loss of power; it must be closed. */
  commit(): void {
    syncFile(this.part);
    Deno.renameSync(this.part, this.path);
    syncFolder(dirname(this.path));
  }

  /** Removes what was written and not put in place. */
  [Symbol.dispose](): void {
    removeIfThere(this.part);
  }
}

/**
 * A folder that takes its place whole, as {@linkcode PendingFile} does: a new one
 * beside its own, renamed on commit, when what was there is removed.
 */
export class PendingFolder implements Disposable {
  /** Where it will be. */
  readonly path: string;
  /** Where it is written; an empty folder. */
  readonly part: string;

  /** Makes it. */
  constructor(path: string) {
    this.path = path;
    this.part = `${path}.${Deno.pid}.tmp`;
    removeFolderIfThere(this.part);
    Deno.mkdirSync(this.part, { recursive: true });
  }

  /** Puts it in place, to last through a loss of power; its files must be closed. */
  commit(): void {
    const before = `${this.path}.${Deno.pid}.old`;
    removeFolderIfThere(before);
    const isThere = lstatIfThere(this.path) !== null;
    if (isThere) Deno.renameSync(this.path, before);
    try {
      Deno.renameSync(this.part, this.path);
    } catch (error) {
      if (isThere) Deno.renameSync(before, this.path);
      throw error;
    }
    syncFolder(dirname(this.path));
    removeFolderIfThere(before);
  }

  /** Removes what was written and not put in place. */
  [Symbol.dispose](): void {
    removeFolderIfThere(this.part);
  }
}

/** After so long, nobody goes on writing a part. */
const abandonedMs = 24 * 3600_000;

/** Removes parts of a file that processes left which were killed. */
function removeLeft(path: string): void {
  const name = basename(path), folder = dirname(path);
  for (const entry of entriesOf(folder)) {
    if (!entry.isFile || !entry.name.startsWith(name)) continue;
    if (!/^\.\d+\.tmp$/.test(entry.name.slice(name.length))) continue;
    const part = join(folder, entry.name);
    const changed = statIfThere(part)?.mtime?.getTime() ?? Infinity;
    if (Date.now() - changed > abandonedMs) removeIfThere(part);
  }
}

/** What is in a folder; nothing in one that may only be written to. */
function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return [];
    throw error;
  }
}

/** Writes a file so that either all of it is there or none. */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  using pending = new PendingFile(path);
  const bytes = typeof data === "string"
    ? new TextEncoder().encode(data)
    : data;
  Deno.writeFileSync(pending.part, bytes, { createNew: true });
  pending.commit();
}

/**
 * Writes a file that the user asked for, as {@linkcode writeAtomically} does.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export function writeOutput(path: string, data: string | Uint8Array): void {
  try {
    writeAtomically(path, data);
  } catch (error) {
    throw explainSystemError(error, { doing: `write "${path}"`, where: path });
  }
}

/** Removes a file; fine if there is none. */
export function removeIfThere(path: string): void {
  ifThere(() => Deno.removeSync(path));
}

/** Removes a folder with all that is in it; fine if there is none. */
export function removeFolderIfThere(path: string): void {
  ifThere(() => Deno.removeSync(path, { recursive: true }));
}

/**
 * Fails for what is no file: reading a pipe would wait for whoever may write to
 * it, a folder cannot be read. Errors of the system stay as they are.
 *
 * @throws {ExperimentError} If it is none.
 */
export function checkIsFile(path: string, where = path): void {
  if (Deno.statSync(path).isFile) return;
  throw new ExperimentError(`Cannot read "${path}": it is not a file`, {
    where,
    fix: "Name a file",
  });
}

/** What is at a path, links followed; null if nothing is. */
export function statIfThere(path: string): Deno.FileInfo | null {
  return ifThere(() => Deno.statSync(path));
}

/** What is at a path, a link itself; null if nothing is. */
export function lstatIfThere(path: string): Deno.FileInfo | null {
  return ifThere(() => Deno.lstatSync(path));
}

function ifThere<Found>(look: () => Found): Found | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function syncFile(path: string): void {
  using file = Deno.openSync(path, { write: true }); // closed before a rename
  file.syncSync();
}

/** Makes a rename in a folder last through a loss of power, where that can be. */
function syncFolder(path: string): void {
  if (Deno.build.os === "windows") return; // folders cannot be opened there
  using folder = Deno.openSync(path);
  folder.syncSync();
}
