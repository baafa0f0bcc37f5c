import { basename, dirname, join } from "node:path";
import {
  lstatIfThere,
  recall,
  removeIfThere,
  sha256Hex,
  type Stamp,
  stampOf,
  writeAtomically,
} from "@/core/mod.ts";

/** Entries up to which nothing is forgotten. */
const mostEntries = 1000;

/** How a file was as Cleft left it. */
interface Entry {
  readonly path: string;
  readonly stamp: Stamp;
}

/**
 * What Cleft wrote where users asked for it, in the folder `outputs` of a cache.
 * What is lost of it costs a `--force`, and nothing else.
 */
export class OutputMemory {
  readonly #cacheFolder: () => string;

  /** Takes the folder of the cache, which is asked for when it is needed. */
  constructor(cacheFolder: () => string) {
    this.#cacheFolder = cacheFolder;
  }

  /** How a file was as Cleft left it; null if Cleft did not write it. */
  recall(path: string): Stamp | null {
    return readEntry(this.#entryOf(path))?.stamp ?? null;
  }

  /** Keeps in mind how a file is left; where it cannot, all goes on. */
  remember(path: string, stamp: Stamp): void {
    try {
      const entry: Entry = { path, stamp };
      writeAtomically(this.#entryOf(path), JSON.stringify(entry));
      this.#forgetGone();
    } catch {
      /* The next command wants --force. */
    }
  }

  #entryOf(path: string): string {
    return join(this.#folder, `${sha256Hex(realPath(path))}.json`);
  }

  get #folder(): string {
    return join(this.#cacheFolder(), "outputs");
  }

  /** Forgets files that are gone, if there are many entries. */
  #forgetGone(): void {
    const names = [...Deno.readDirSync(this.#folder)].map(({ name }) => name);
    if (names.length <= mostEntries) return;
    for (const name of names) {
      const entry = readEntry(join(this.#folder, name));
      if (!entry || stampAt(entry.path)) continue;
      removeIfThere(join(this.#folder, name));
    }
  }
}

function readEntry(path: string): Entry | undefined {
  return recall(path) as Entry | undefined;
}

/**
 * The stamp of what is at a path, a link itself; null if nothing is. That of a
 * folder is of all that is below it.
 */
export function stampAt(path: string): Stamp | null {
  const info = lstatIfThere(path), stamp = info && stampOf(info);
  if (!info?.isDirectory) return stamp;
  return [...Deno.readDirSync(path)].map(({ name }) =>
    stampAt(join(path, name))
  ).reduce((all, below) =>
    all && below
      ? {
        bytes: all.bytes + below.bytes,
        modifiedMs: Math.max(all.modifiedMs, below.modifiedMs),
        changedMs: Math.max(all.changedMs, below.changedMs),
        inode: all.inode,
      }
      : all, stamp);
}

/** A path with the links of its folders followed, as far as they are there. */
export function realPath(path: string): string {
  const folder = dirname(path);
  if (folder === path) return path;
  try {
    return join(Deno.realPathSync(folder), basename(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return join(realPath(folder), basename(path));
  }
}
