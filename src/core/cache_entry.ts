import { writeAtomically } from "./files.ts";

/** Writes a cache entry; where it cannot, what it holds is found again next time. */
export function remember(cache: string, entry: unknown): void {
  try {
    writeAtomically(cache, JSON.stringify(entry));
  } catch {
    /* A cache that cannot be written slows a run, but is no fault of it. */
  }
}

/** A cache entry; one that is missing or cannot be read counts as not there. */
export function recall(cache: string): unknown {
  try {
    return JSON.parse(Deno.readTextFileSync(cache));
  } catch {
    return undefined;
  }
}
