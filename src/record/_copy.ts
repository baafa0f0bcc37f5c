import { join } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import { databaseName } from "./_leftovers.ts";

/** A copy of a database in a folder of its own, which goes with it. */
export class Copy implements Disposable {
  /** The copied file. */
  readonly path: string;
  /** Whether SQLite's log, in which the newest changes may be, lay beside it. */
  readonly hasLog: boolean;
  readonly #folder: string;

  /** Copies a database and its log. */
  constructor(path: string) {
    this.#folder = Deno.makeTempDirSync({ prefix: "cleft-records-" });
    this.path = join(this.#folder, databaseName);
    this.hasLog = statIfThere(`${path}-wal`) !== null;
    try {
      Deno.copyFileSync(path, this.path);
      if (this.hasLog) Deno.copyFileSync(`${path}-wal`, `${this.path}-wal`);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }
}
