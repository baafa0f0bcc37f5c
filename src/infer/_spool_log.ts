import * as z from "zod";
import { writeAll } from "@/core/mod.ts";

const lineSchema = z.strictObject({
  column: z.int().min(0),
  sections: z.int().min(0),
});

/**
 * What is finished of each column, a line each time there is more, in a file that
 * this process keeps locked. A line that was cut as it was written does not count.
 */
export class SpoolLog implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #done = new Map<number, number>();
  /** Whether no other process has it open. */
  readonly isOurs: boolean;

  /** Opens it, or begins it. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { read: true, write: true, create: true });
    this.isOurs = lock(this.#file);
    if (!this.isOurs) return;
    let whole = 0;
    for (const line of Deno.readTextFileSync(path).split("\n").slice(0, -1)) {
      const parsed = lineSchema.safeParse(parsedJson(line));
      if (!parsed.success) break;
      this.#done.set(parsed.data.column, parsed.data.sections);
      whole += line.length + 1;
    }
    this.#file.truncateSync(whole);
  }

  /** How many sections of a column are finished. */
  done(column: number): number {
    return this.#done.get(column) ?? 0;
  }

  /** Takes note that as many are, to last through a loss of power. */
  note(column: number, sections: number): void {
    const line = `${JSON.stringify({ column, sections })}\n`;
    this.#file.seekSync(0, Deno.SeekMode.End);
    writeAll(this.#file, new TextEncoder().encode(line));
    this.#file.syncDataSync();
    this.#done.set(column, sections);
  }

  /** Forgets all. */
  clear(): void {
    this.#file.truncateSync();
    this.#done.clear();
  }

  /** Closes it, and lets go of the lock. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}

/** What a text of JSON holds; undefined for one that was cut. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Locks a file for this process; where the file system has no locks, all is well. */
function lock(file: Deno.FsFile): boolean {
  try {
    return file.tryLockSync(true);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return true;
  }
}
