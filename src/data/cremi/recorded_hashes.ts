import { join } from "node:path";
import * as z from "zod";
import { readJsonAs, statIfThere, writeAtomically } from "@/core/mod.ts";

const recordedHash = z.object({
  /** Its size. */
  bytes: z.number(),
  /** SHA-256 of its content, in hexadecimal. */
  sha256: z.string(),
  /** Where it came from; not known of files that were there. */
  url: z.string().optional(),
});

/** What `hashes.json` says of a file that was fetched. */
export type RecordedHash = Readonly<z.infer<typeof recordedHash>>;

/**
 * The hashes recorded in a folder, by the name of the file.
 *
 * @throws {ExperimentError} If they cannot be read.
 */
export function readHashes(folder: string): Record<string, RecordedHash> {
  const path = join(folder, "hashes.json");
  if (!statIfThere(path)) return {};
  return readJsonAs(Deno.readTextFileSync(path), {
    schema: z.record(z.string(), recordedHash),
    what: `"${path}"`,
    where: path,
    fix: "Remove the file: the hashes are then recorded anew",
  });
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
