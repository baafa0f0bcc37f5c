import { lstatIfThere, removeIfThere, writeAtomically } from "../files.ts";

/** What has come of a file so far. */
export interface Part {
  /** How many bytes are there. */
  readonly bytes: number;
  /** What the server's file was then, by its ETag or date. */
  readonly validator: string | null;
}

/**
 * Looks at what has come. A link in its place is removed: what it leads to is
 * somebody else's.
 */
export function findPart(path: string): Part {
  const info = lstatIfThere(path);
  if (!info) return { bytes: 0, validator: null };
  if (!info.isFile || (info.nlink ?? 1) > 1) {
    Deno.removeSync(path);
    return { bytes: 0, validator: null };
  }
  return { bytes: info.size, validator: readNote(noteOf(path)) };
}

/**
 * Opens it for the bytes from `start` on.
 *
 * @throws {Error} If it became another file since it was looked at.
 */
export function openPart(path: string, start: number): Deno.FsFile {
  if (start === 0) {
    removeIfThere(path);
    return Deno.openSync(path, { createNew: true, write: true });
  }
  const file = Deno.openSync(path, { write: true });
  try {
    const info = lstatIfThere(path), { ino, dev } = file.statSync();
    if (!info?.isFile || info.ino !== ino || info.dev !== dev) {
      throw new Deno.errors.AlreadyExists(`"${path}" was replaced meanwhile`);
    }
    file.truncateSync(start);
    file.seekSync(start, Deno.SeekMode.Start);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Notes what the server's file is, so that a later call can go on with it. */
export function notePart(path: string, headers: Headers): void {
  const tag = headers.get("etag");
  // A weak tag does not promise equal bytes, which a range needs.
  const validator = tag && !tag.startsWith("W/")
    ? tag
    : headers.get("last-modified");
  if (validator) writeAtomically(noteOf(path), JSON.stringify({ validator }));
  else forgetNote(path);
}

/** Removes what was noted. */
export function forgetNote(path: string): void {
  removeIfThere(noteOf(path));
}

function noteOf(path: string): string {
  return `${path}.json`;
}

function readNote(note: string): string | null {
  try {
    const { validator } = JSON.parse(Deno.readTextFileSync(note)) ?? {};
    return typeof validator === "string" ? validator : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}
