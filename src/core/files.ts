import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { ExperimentError } from "./errors.ts";

/** SHA-256 in hexadecimal of bytes or of a text in UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * Writes a file so that either all of it is there or none: to a new name beside
 * it, synced, then renamed. Missing folders are made; a symbolic link at `path`
 * is replaced, never followed.
 */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const bytes = typeof data === "string"
    ? new TextEncoder().encode(data)
    : data;
  const part = `${path}.${Deno.pid}.tmp`;
  removeIfThere(part);
  try {
    const file = Deno.openSync(part, { createNew: true, write: true });
    try {
      for (let done = 0; done < bytes.length;) {
        done += file.writeSync(bytes.subarray(done));
      }
      file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(part, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}

/**
 * Writes a file that the user asked for, as {@linkcode writeAtomically} does.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export function writeOutput(path: string, data: string | Uint8Array): void {
  try {
    writeAtomically(path, data);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new ExperimentError(`Cannot write "${path}": ${cause.message}`, {
      where: path,
      fix: "Check that the folder can be written and the disk has room",
      cause,
    });
  }
}

/** Removes a file; fine if there is none. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Makes a rename in a folder last through a loss of power, where that can be. */
function syncFolder(path: string): void {
  if (Deno.build.os === "windows") return; // folders cannot be opened there
  using folder = Deno.openSync(path);
  folder.syncSync();
}
