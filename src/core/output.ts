import { statfsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { ExperimentError } from "./errors.ts";
import { PendingFile } from "./files.ts";
import { explainSystemError, systemFault } from "./system_error.ts";

/** A file that is to be written. */
export interface Output {
  /** Its path. */
  readonly path: string;
  /** What names it, such as `--output p.hdf`. */
  readonly where: string;
}

/** Going on would write over what is read. */
export class OverwriteError extends ExperimentError {
  /** Its kind, as traces show it. */
  override readonly name = "OverwriteError";
}

/** What is written for a moment to see whether a file can be. */
const probe = new Uint8Array(4096);

/** Endings of what is a folder of files, where all others are one file. */
const folderEnding = /\.(zarr|n5)[/\\]*$/i;

/** Whether an output is a folder that takes its place whole, by its name. */
export function isFolderOutput(path: string): boolean {
  return folderEnding.test(path);
}

/**
 * Fails if a file could not be written in the end: before the work, not after
 * it. Whatever is there stays as it is. Names that end like a folder's may be one.
 *
 * @throws {ExperimentError} If it is no file, lies where no folder can be, or
 * the disk is full or can only be read.
 */
export function checkWritable({ path, where }: Output): void {
  const there = infoOf(path);
  if (isFolderOutput(path)) {
    if (there && !there.isDirectory) throw refusal("it is a file");
  } else if (there?.isDirectory) throw refusal("it is a folder");
  else if (there && !there.isFile) throw refusal("it is no ordinary file");
  const made = missingFolders(dirname(path));
  const nearest = made.length > 0 ? dirname(made.at(-1)!) : dirname(path);
  if (!infoOf(nearest)?.isDirectory) {
    throw refusal(`"${nearest}" is a file, not a folder`);
  }
  try {
    using pending = new PendingFile(path);
    Deno.writeFileSync(pending.part, probe, { createNew: true });
  } catch (error) {
    throw explainSystemError(error, { doing: `write "${path}"`, where });
  } finally {
    removeEmpty(made);
  }

  function refusal(why: string): ExperimentError {
    return new ExperimentError(`Cannot write "${path}": ${why}`, {
      where,
      fix: "Name a file in a folder that can be written",
    });
  }
}

/**
 * The same of a folder that files are to go to.
 *
 * @throws {ExperimentError} If it is none and cannot be one, or no file can be
 * written in it.
 */
export function checkFolder({ path, where }: Output): void {
  const there = infoOf(path);
  if (there && !there.isDirectory) {
    throw new ExperimentError(
      `Cannot write to the folder "${path}": it is a file`,
      { where, fix: "Name a folder" },
    );
  }
  checkWritable({ path: join(path, "cleft"), where });
}

/**
 * Fails if a file to be written is one of those read, by whatever path.
 *
 * @throws {OverwriteError} If it is.
 */
export function keepApart(
  { path, where }: Output,
  inputs: Iterable<string>,
): void {
  const there = infoOf(path);
  if (!there) return;
  for (const input of inputs) {
    const isRead = isSameFile(path, there, input) ||
      there.isDirectory && isWithin(input, path);
    if (!isRead) continue;
    throw new OverwriteError(
      `Cannot write "${path}": it is read, as "${input}"`,
      { where, fix: "Name another file to write" },
    );
  }
}

/**
 * Fails if the disk could not hold a file of up to `bytes`.
 *
 * @throws {ExperimentError} If less is free where it goes.
 */
export function checkRoom({ path, where }: Output, bytes: number): void {
  const free = roomFor(path);
  if (free >= bytes) return;
  const mebibytes = (n: number) => `${Math.ceil(n / 2 ** 20)} MiB`;
  throw new ExperimentError(
    `Cannot write "${path}": it may take ${mebibytes(bytes)}, the disk has ` +
      `${mebibytes(free)} free`,
    { where, fix: "Free some space, or name another disk" },
  );
}

/** How many bytes are free where a file goes. */
export function roomFor(path: string): number {
  const missing = missingFolders(dirname(path)).at(-1);
  const { bavail, bsize } = statfsSync(dirname(missing ?? path));
  return bavail * bsize;
}

/** Whether a path leads into a folder that is there. */
function isWithin(path: string, folder: string): boolean {
  if (!infoOf(path)) return false;
  const way = relative(Deno.realPathSync(folder), Deno.realPathSync(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isSameFile(
  path: string,
  info: Deno.FileInfo,
  other: string,
): boolean {
  const there = infoOf(other);
  if (!there) return false;
  return info.ino && there.ino
    ? info.ino === there.ino && info.dev === there.dev
    : Deno.realPathSync(path) === Deno.realPathSync(other);
}

/** What is at a path, links followed; null if nothing is or can be. */
function infoOf(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (systemFault(error)) return null; // what is wrong shows as it is written
    throw error;
  }
}

/** The folders that would have to be made, the outermost last. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !infoOf(at); at = dirname(at)) {
    missing.push(at);
    if (at === dirname(at)) break;
  }
  return missing;
}

/** Removes folders again, the innermost first, as far as they are there and empty. */
function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      Deno.removeSync(folder);
    } catch (error) {
      if (!systemFault(error)) throw error;
    }
  }
}
