import { setImmediate, setTimeout } from "node:timers/promises";

/** So long signals may wait. */
const patienceMs = 250;

let restedMs = 0;

/**
 * Lets in what waits for a thread that computes without end: messages of workers
 * each time, signals four times a second, as they come only to a thread that rests.
 */
export async function letOthersIn(): Promise<void> {
  if (performance.now() - restedMs < patienceMs) return await setImmediate();
  await setTimeout(0);
  restedMs = performance.now();
}
