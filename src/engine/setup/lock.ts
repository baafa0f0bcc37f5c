import { dirname } from "node:path";

/** How long to wait between two attempts. */
const PAUSE_MS = 200;

/**
 * Waits until this process alone holds `path`, a file made for the purpose.
 * The system lets go of it when the process ends, however it ends.
 *
 * @throws The signal's reason, when it is aborted while waiting.
 */
export async function lockFile(
  path: string,
  { onWait, signal }: { onWait(): void; signal?: AbortSignal | undefined },
): Promise<Disposable> {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const file = Deno.openSync(path, { create: true, write: true });
  try {
    for (let attempt = 0; !await file.tryLock(true); attempt++) {
      if (attempt === 0) onWait();
      signal?.throwIfAborted();
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  } catch (error) {
    file.close();
    throw error;
  }
  return file;
}
