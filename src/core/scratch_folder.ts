import { join } from "node:path";
import { removeFolderIfThere } from "./files.ts";

const lockName = "lock";

/**
 * A folder for files that are needed only as long as it is. The system lets go of
 * its lock however the process ends; the next one beside it removes what such a
 * process left.
 */
export class ScratchFolder implements Disposable {
  /** Where it is. */
  readonly path: string;
  readonly #lock: Deno.FsFile;

  /** Makes one in a folder, with names that begin so. */
  constructor(folder: string, prefix: string) {
    removeLeft(folder, prefix);
    this.path = Deno.makeTempDirSync({ dir: folder, prefix });
    this.#lock = Deno.openSync(join(this.path, lockName), {
      create: true,
      write: true,
    });
    tryLock(this.#lock);
  }

  /** Removes it. */
  [Symbol.dispose](): void {
    this.#lock.close();
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** Removes those of processes that are gone; what cannot be removed does no harm. */
function removeLeft(folder: string, prefix: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (!isDirectory || !name.startsWith(prefix)) continue;
    const path = join(folder, name);
    try {
      using lock = Deno.openSync(join(path, lockName), { write: true });
      if (tryLock(lock)) removeFolderIfThere(path);
    } catch { /* no lock in it, or it is another user's */ }
  }
}

/** Whether a file could be locked; false too where the file system has no locks. */
function tryLock(file: Deno.FsFile): boolean {
  try {
    return file.tryLockSync(true);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return false;
  }
}
