import { join } from "node:path";
import {
  isSameStamp,
  RunError,
  type Stamp,
  stampOf,
  statIfThere,
} from "@/core/mod.ts";
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

/** A copy that was torn by a writer is made again, up to so often. */
const mostCopies = 20;

/**
 * A copy of a database that another machine may be writing to.
 *
 * @throws {RunError} If it never keeps still for long enough.
 */
export function settledCopy(path: string): Copy {
  for (let attempt = 0; attempt < mostCopies; attempt++) {
    const before = stampsOf(path);
    const copy = copyIfThere(path);
    if (copy && areSame(before, stampsOf(path))) return copy;
    copy?.[Symbol.dispose]();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  throw new RunError("Cannot read the records: they change too fast", {
    where: path,
    fix: "Try once more",
  });
}

/** Null if the log was removed meanwhile. */
function copyIfThere(path: string): Copy | null {
  try {
    return new Copy(path);
  } catch (error) {
    const isLogGone = error instanceof Deno.errors.NotFound &&
      statIfThere(path) !== null;
    if (isLogGone) return null;
    throw error;
  }
}

/** How the database and its log stand. */
function stampsOf(path: string): readonly (Stamp | null)[] {
  return [path, `${path}-wal`].map((file) => {
    const info = statIfThere(file);
    return info && stampOf(info);
  });
}

function areSame(
  a: readonly (Stamp | null)[],
  b: readonly (Stamp | null)[],
): boolean {
  return a.every((one, i) => {
    const other = b[i]!;
    return one === null || other === null
      ? one === other
      : isSameStamp(one, other);
  });
}
