import { setTimeout } from "node:timers/promises";

/** How often records are looked at again. */
const pauseMs = 1000;

/** Waits a little for other processes; no longer than until the signal is aborted. */
export async function waitForOthers(signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(pauseMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
