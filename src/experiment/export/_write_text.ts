import { PendingFile } from "@/core/mod.ts";

/** Characters that are written at once. */
const charactersAtOnce = 1 << 20;

/** Writes pieces of text one after the other; all of the file is there or none. */
export function writeText(path: string, pieces: Iterable<string>): void {
  using pending = new PendingFile(path);
  {
    using file = Deno.openSync(pending.part, { createNew: true, write: true });
    const encoder = new TextEncoder();
    let waiting: string[] = [], characters = 0;
    const flush = () => {
      let bytes = encoder.encode(waiting.join(""));
      while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
      waiting = [];
      characters = 0;
    };
    for (const piece of pieces) {
      waiting.push(piece);
      characters += piece.length;
      if (characters >= charactersAtOnce) flush();
    }
    flush();
  }
  pending.commit();
}
