import { PendingFile, writeAll } from "@/core/mod.ts";

/** Writes pieces of a file one after the other; all of the file is there or none. */
export function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  using pending = new PendingFile(path);
  {
    using file = Deno.openSync(pending.part, { createNew: true, write: true });
    for (const piece of pieces) {
      writeAll(file, piece);
    }
  }
  pending.commit();
}
