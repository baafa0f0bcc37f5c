import type { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import { objectPath } from "../_object_store.ts";

/**
 * Gives the files that artifacts of a database need to another results folder,
 * as far as they are there: the same files by another name, or copies where the
 * disk is another.
 */
export function takeAlong(
  db: DatabaseSync,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const needed = db.prepare(
    `SELECT DISTINCT sha256 FROM artifact
     WHERE sha256 NOT IN (SELECT sha256 FROM object)`,
  ).all().map(({ sha256 }) => `${sha256}`);
  for (const sha256 of needed) {
    const source = objectPath(from, sha256), target = objectPath(to, sha256);
    if (!/^[0-9a-f]{64}$/.test(sha256) || !statIfThere(source)) continue;
    if (statIfThere(target)) continue;
    Deno.mkdirSync(dirname(target), { recursive: true });
    try {
      Deno.linkSync(source, target);
    } catch {
      Deno.copyFileSync(source, target); // or says why that cannot be either
    }
  }
}
