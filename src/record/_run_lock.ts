import { join } from "node:path";

/** How a run's lock is found; `missing` also where locks cannot be had. */
export type LockState = "held" | "free" | "missing";

/**
 * A file in the folder of a run that the process recording it keeps locked. The
 * system lets go of the lock however the process ends.
 */
export class RunLock {
  readonly #path: string;
  #file: Deno.FsFile | null = null;

  /** The lock of the run with this folder, not yet held. */
  constructor(runFolder: string) {
    this.#path = pathOf(runFolder);
  }

  /** Locks it, where the file system can and nobody else has. */
  take(): void {
    const file = Deno.openSync(this.#path, { create: true, write: true });
    const isOurs = tryLock(file);
    if (isOurs) this.#file = file;
    else file.close();
    // Never locked, it would say that we are gone.
    if (isOurs === null) Deno.removeSync(this.#path);
  }

  /** Lets go of it. */
  release(): void {
    if (!this.#file) return;
    try {
      const isOurs =
        Deno.statSync(this.#path).ino === this.#file.statSync().ino;
      if (isOurs) Deno.removeSync(this.#path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    } finally {
      this.#file.close();
      this.#file = null;
    }
  }
}

/** How the lock of the run with this folder stands. */
export function lockState(runFolder: string): LockState {
  try {
    using file = Deno.openSync(pathOf(runFolder), { read: true });
    return file.tryLockSync(false) ? "free" : "held";
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return "missing"; // no file, or a file system without locks
  }
}

function pathOf(runFolder: string): string {
  return join(runFolder, "recording.lock");
}

/** Locks a file, null where the file system has no locks. */
function tryLock(file: Deno.FsFile): boolean | null {
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (file.tryLockSync(true)) return true;
      // Who looks whether it is locked is in the way for a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
    return false;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return null;
  }
}
