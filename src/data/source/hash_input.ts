import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  ExperimentError,
  explainSystemError,
  type InputFile,
  isSameStamp,
  sha256Hex,
  type Stamp,
  stampOf,
} from "@/core/mod.ts";
import { recall, remember } from "./_remembered.ts";

/** A file as it was when it was hashed. */
export interface HashedInput extends InputFile {
  /**
   * Fails if the file has changed since.
   *
   * @throws {ExperimentError} If its size, time or place on disk is another.
   */
  checkUnchanged(): void;
}

interface Remembered extends Stamp {
  readonly sha256: string;
}

/** Clocks of file systems may be this coarse: what is younger is hashed again. */
const settledMs = 2000;

/**
 * Hashes a file, or recalls its hash if size, times and inode are as they were.
 *
 * @throws {ExperimentError} If it cannot be read, or changes meanwhile.
 */
export async function hashInput(
  path: string,
  cacheFolder: string,
  where = path,
): Promise<HashedInput> {
  const explain = (error: unknown): never => {
    throw explainSystemError(error, { doing: `read "${path}"`, where });
  };
  const explained = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      return explain(error);
    }
  };
  const stamp = explained(() => stampOf(Deno.statSync(path)));
  const cache = join(cacheFolder, "hashes", `${sha256Hex(path)}.json`);
  const known = recall(cache) as Remembered | undefined;
  const checkUnchanged = () => {
    if (isSameStamp(stamp, explained(() => stampOf(Deno.statSync(path))))) {
      return;
    }
    throw new ExperimentError(
      `Cannot use "${path}": it changed while it was read`,
      { where, fix: "Wait until nothing writes to it, then start again" },
    );
  };
  if (known && isSameStamp(known, stamp)) {
    return { path, bytes: stamp.bytes, sha256: known.sha256, checkUnchanged };
  }
  const sha256 = await hashFile(path).catch(explain);
  checkUnchanged();
  const youngestMs = Math.max(stamp.modifiedMs, stamp.changedMs);
  if (Date.now() - youngestMs > settledMs) {
    remember(cache, { ...stamp, sha256 });
  }
  return { path, bytes: stamp.bytes, sha256, checkUnchanged };
}

/** SHA-256 of a file's content in hexadecimal, read a piece at a time. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const piece = new Uint8Array(1 << 20);
  for (let count; (count = await file.read(piece)) !== null;) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest("hex");
}
