import { createHash } from "node:crypto";
import { join } from "node:path";
import { recall, remember } from "./cache_entry.ts";
import { sha256Hex } from "./files.ts";
import { isSameStamp, type Stamp, stampOf } from "./stamp.ts";

/** SHA-256 in hexadecimal of a file of any size, read a piece at a time. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const piece = new Uint8Array(1 << 22);
  for (let count; (count = await file.read(piece)) !== null;) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest("hex");
}

/** A file's hash, and the state it had then. */
export interface HashedFile extends Stamp {
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
}

/**
 * Clocks of file systems may have whole seconds, and lag behind: what is younger
 * is hashed again.
 */
export const settledMs = 3000;

/**
 * Hashes a file, or recalls its hash from the folder `hashes` of a cache if it is
 * as it was: by its path, the disk it lies on, size, times and number there. The
 * time of its last change of any kind is the system's, which nobody can set;
 * where a system has none, files are read each time.
 */
export async function hashOnce(
  path: string,
  cacheFolder: string,
): Promise<HashedFile> {
  const info = await Deno.stat(path);
  const stamp = stampOf(info), place = { path, device: info.dev };
  const cache = join(cacheFolder, "hashes", `${sha256Hex(path)}.json`);
  const known = recall(cache) as HashedFile & typeof place | undefined;
  const isKnown = known?.path === path && known.device === info.dev &&
    isSameStamp(known, stamp) && /^[0-9a-f]{64}$/.test(known.sha256);
  if (isKnown && info.ctime) return { ...stamp, sha256: known.sha256 };
  const sha256 = await hashFile(path);
  const isUnchanged = isSameStamp(stampOf(await Deno.stat(path)), stamp);
  const youngestMs = Math.max(stamp.modifiedMs, stamp.changedMs);
  if (isUnchanged && Date.now() - youngestMs > settledMs) {
    remember(cache, { ...place, ...stamp, sha256 });
  }
  return { ...stamp, sha256 };
}
