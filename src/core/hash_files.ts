import { createHash } from "node:crypto";
import { join } from "node:path";
import { recall, remember } from "./cache_entry.ts";
import { sha256Hex } from "./files.ts";
import { hashFile, settledMs } from "./hash_file.ts";
import { type Stamp, stampOf } from "./stamp.ts";

/** Many files as they were when they were hashed. */
export interface HashedFiles {
  /** Their sizes together. */
  readonly bytes: number;
  /** SHA-256 of their paths below the folder and their contents, in hexadecimal. */
  readonly sha256: string;
  /** What tells this state of them from another without reading them. */
  readonly state: string;
  /** The same of each, by its path below the folder. */
  readonly stamps: ReadonlyMap<string, Stamp>;
}

/** The state of files, and what they come to. */
interface FilesState extends Omit<HashedFiles, "sha256"> {
  /** When the last of them was changed. */
  readonly youngestMs: number;
}

/** The state of files below a folder: sizes, times, places on the disk. */
export function stateOfFiles(
  folder: string,
  files: readonly string[],
): FilesState {
  const hash = createHash("sha256");
  const stamps = new Map<string, Stamp>();
  let bytes = 0, youngestMs = 0;
  for (const file of files) {
    const info = Deno.statSync(join(folder, file)), stamp = stampOf(info);
    hash.update(JSON.stringify([file, info.dev, ...Object.values(stamp)]));
    stamps.set(file, stamp);
    bytes += stamp.bytes;
    youngestMs = Math.max(youngestMs, stamp.modifiedMs, stamp.changedMs);
  }
  return { bytes, youngestMs, stamps, state: hash.digest("hex") };
}

/**
 * Hashes files below a folder as one, or recalls their hash from the folder
 * `hashes` of a cache if all of them are as they were.
 */
export async function hashFilesOnce(
  folder: string,
  { files, cacheFolder }: {
    readonly files: readonly string[];
    readonly cacheFolder: string;
  },
): Promise<HashedFiles> {
  const { youngestMs, ...now } = stateOfFiles(folder, files);
  const cache = join(
    ...[cacheFolder, "hashes"],
    `${sha256Hex(JSON.stringify([folder, ...files]))}.json`,
  );
  const known = recall(cache) as Partial<HashedFiles> | undefined;
  if (known?.state === now.state && /^[0-9a-f]{64}$/.test(`${known.sha256}`)) {
    return { ...now, sha256: known.sha256! };
  }
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(JSON.stringify([file, await hashFile(join(folder, file))]));
  }
  const sha256 = hash.digest("hex");
  const isUnchanged = stateOfFiles(folder, files).state === now.state;
  if (isUnchanged && Date.now() - youngestMs > settledMs) {
    remember(cache, { bytes: now.bytes, state: now.state, sha256 });
  }
  return { ...now, sha256 };
}
