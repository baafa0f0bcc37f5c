import { join } from "node:path";
import {
  ExperimentError,
  lstatIfThere,
  removeIfThere,
  sha256Hex,
  writeAtomically,
} from "@/core/mod.ts";
import type { Tables } from "./table/mod.ts";

/** Content up to this size is kept in the database itself. */
export const inlineBytes = 256 * 1024;

/** A part left behind is removed once it is this old. */
export const strayPartMs = 3_600_000;

/** Where a results folder keeps large content. */
export function objectPath(folder: string, sha256: string): string {
  return join(folder, "objects", sha256.slice(0, 2), sha256.slice(2));
}

/**
 * The contents of artifacts, each kept once under its SHA-256: small ones in
 * the database, large ones in `objects/ab/cdef…` beside it. A file is written
 * before the row that needs it and removed after the last such row, so that a
 * crash leaves a file too many, never one too few.
 */
export class ObjectStore {
  readonly #tables: Pick<Tables, "objects" | "artifacts">;
  readonly #results: string;
  readonly #folder: string;

  /** The contents in some tables and below a results folder. */
  constructor(
    tables: Pick<Tables, "objects" | "artifacts">,
    folder: string,
  ) {
    this.#tables = tables;
    this.#results = folder;
    this.#folder = join(folder, "objects");
  }

  /** Writes large content to its file; call it before the transaction. */
  prepare(sha256: string, bytes: Uint8Array): void {
    if (bytes.length > inlineBytes && !this.#holds(sha256)) {
      this.#checkFolders(sha256);
      writeAtomically(this.#path(sha256), bytes);
    }
  }

  /** Makes sure content is kept; call it within the transaction that needs it. */
  put(sha256: string, bytes: Uint8Array): void {
    if (bytes.length <= inlineBytes) {
      this.#tables.objects.add(sha256, bytes);
    } else if (!lstatIfThere(this.#path(sha256))) {
      this.prepare(sha256, bytes); // another process removed it meanwhile
    }
  }

  /** Whether there is content of this hash; a file is not read for it. */
  has(sha256: string): boolean {
    return this.#tables.objects.find(sha256) !== undefined ||
      lstatIfThere(this.#path(sha256)) !== null;
  }

  /**
   * Reads content back.
   *
   * @throws {ExperimentError} If it is missing, damaged or a symbolic link.
   */
  get(sha256: string, where: string): Uint8Array {
    const bytes = this.#tables.objects.find(sha256) ??
      this.#readFile(sha256, where);
    if (sha256Hex(bytes) === sha256) return bytes;
    throw new ExperimentError(
      "Cannot read the artifact: its content is not what was recorded",
      { where, fix: "Restore the results from a backup, or run again" },
    );
  }

  /** Removes content in the database that no artifact needs; call it within a transaction. */
  removeRow(sha256: string): void {
    const { objects, artifacts } = this.#tables;
    if (!artifacts.needs(sha256)) objects.remove(sha256);
  }

  /**
   * Removes a file that no artifact needs. Call it within a transaction, so
   * that nobody else comes to need it meanwhile, after the one that removed
   * the need was kept.
   */
  removeFile(sha256: string): void {
    if (
      this.#tables.artifacts.needs(sha256) || !lstatIfThere(this.#path(sha256))
    ) {
      return;
    }
    this.#checkFolders(sha256);
    removeIfThere(this.#path(sha256));
  }

  /** Removes all that no artifact needs; call it within a transaction. */
  sweep(nowMs: number): void {
    this.#tables.objects.sweep();
    if (!isPlainFolder(this.#folder)) return;
    for (const { name: prefix } of Deno.readDirSync(this.#folder)) {
      const folder = join(this.#folder, prefix);
      if (!isPlainFolder(folder)) continue;
      for (const { name } of Deno.readDirSync(folder)) {
        if (/^[0-9a-f]{62}$/.test(name)) this.removeFile(prefix + name);
        else if (name.endsWith(".tmp")) {
          const written = lstatIfThere(join(folder, name))?.mtime?.getTime();
          if (written !== undefined && nowMs - written > strayPartMs) {
            removeIfThere(join(folder, name));
          }
        }
      }
    }
  }

  #path(sha256: string): string {
    return objectPath(this.#results, sha256);
  }

  #holds(sha256: string): boolean {
    const stat = lstatIfThere(this.#path(sha256));
    return stat !== null && stat.isFile &&
      sha256Hex(Deno.readFileSync(this.#path(sha256))) === sha256;
  }

  #checkFolders(sha256: string): void {
    for (const path of [this.#folder, join(this.#folder, sha256.slice(0, 2))]) {
      checkNoLink(path);
    }
  }

  #readFile(sha256: string, where: string): Uint8Array {
    this.#checkFolders(sha256);
    const path = this.#path(sha256);
    checkNoLink(path);
    try {
      return Deno.readFileSync(path);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      throw new ExperimentError("Cannot read the artifact: its file is gone", {
        where: `${where}, ${path}`,
        fix: "Restore the results from a backup, or run again",
        cause,
      });
    }
  }
}

/**
 * Fails if a path of ours is a symbolic link: what we write or remove there
 * would be somewhere else.
 */
export function checkNoLink(path: string): void {
  if (!lstatIfThere(path)?.isSymlink) return;
  throw new ExperimentError(
    "Cannot use the results: a part of them is a symbolic link",
    { where: path, fix: "Replace the link by what it points to" },
  );
}

function isPlainFolder(path: string): boolean {
  return lstatIfThere(path)?.isDirectory ?? false;
}
