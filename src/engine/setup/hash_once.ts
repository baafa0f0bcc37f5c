import { join } from "node:path";
import { sha256Hex, writeAtomically } from "@/core/mod.ts";
import { hashFile } from "./hash_file.ts";
import { engineFolder } from "./place.ts";

/**
 * SHA-256 of a large file, which is read only if it is not as it was when it was
 * hashed last: what it is called, where it lies, its size, and when it was
 * changed. The time of its last change of any kind is the system's, which nobody
 * can set, to the second: a file that is younger is read each time, as is one
 * where a system has no such time.
 */
export async function hashOnce(
  path: string,
  folder: string = engineFolder(),
): Promise<string> {
  const { size, mtime, ctime, ino, dev } = await Deno.stat(path);
  if (!ctime) return await hashFile(path);
  const state = [path, size, mtime?.getTime(), ctime.getTime(), ino, dev];
  const kept = join(folder, `hash-${sha256Hex(path).slice(0, 16)}.json`);
  const asText = JSON.stringify(state);
  const known = read(kept);
  if (known?.state === asText) return known.sha256;
  const sha256 = await hashFile(path);
  if (Date.now() - ctime.getTime() < SETTLED_MS) return sha256;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    writeAtomically(kept, JSON.stringify({ state: asText, sha256 }));
  } catch (error) {
    // A folder that cannot be written only costs the time to hash it again.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  return sha256;
}

/** A second, and what clocks of files lag behind. */
const SETTLED_MS = 3000;

function read(path: string): { state: string; sha256: string } | null {
  try {
    const { state, sha256 } = JSON.parse(Deno.readTextFileSync(path));
    return /^[0-9a-f]{64}$/.test(sha256) ? { state, sha256 } : null;
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isMissing || error instanceof SyntaxError) return null;
    throw error;
  }
}
