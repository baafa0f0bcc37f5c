import { join } from "node:path";
import { ExperimentError, writeAtomically } from "@/core/mod.ts";

/** What `hashes.json` says of a file that was fetched. */
export interface RecordedHash {
  /** Its size. */
  readonly bytes: number;
  /** SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
  /** Where it came from; not known of files that were there. */
  readonly url?: string;
}

/**
 * The hashes recorded in a folder, by the name of the file.
 *
 * @throws {ExperimentError} If they cannot be read.
 */
export function readHashes(folder: string): Record<string, RecordedHash> {
  const path = join(folder, "hashes.json");
  try {
    const hashes = JSON.parse(Deno.readTextFileSync(path));
    if (hashes && typeof hashes === "object") return hashes;
    throw new TypeError("it should be an object");
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return {};
    const words = cause instanceof Error ? cause.message : cause;
    throw new ExperimentError(`Cannot read "${path}": ${words}`, {
      where: path,
      fix: "Remove the file: the hashes are then recorded anew",
      cause,
    });
  }
}

/** Records a hash. */
export function recordHash(
  folder: string,
  { name, ...entry }: RecordedHash & { readonly name: string },
): void {
  const hashes = { ...readHashes(folder), [name]: entry };
  const sorted = Object.fromEntries(
    Object.entries(hashes).toSorted(([a], [b]) => a < b ? -1 : 1),
  );
  writeAtomically(
    join(folder, "hashes.json"),
    `${JSON.stringify(sorted, null, 2)}\n`,
  );
}
