import { setTimeout } from "node:timers/promises";
import { QueueSilence } from "@/queue/mod.ts";
import type { RunContext } from "../run/context.ts";

/** How often a silent queue is asked, which takes half a minute itself. */
const mostTries = 20, waitMs = 30_000;

/**
 * Asks a queue again as long as it is silent, for about a quarter of an hour: its
 * server may start anew while jobs go on.
 *
 * @throws {QueueSilence} If it is silent for longer.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  { print, signal, pauseMs = waitMs }: Pick<RunContext, "print" | "signal"> & {
    /** How long to wait before asking again. */
    readonly pauseMs?: number;
  },
): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof QueueSilence) || tries === mostTries) throw error;
      if (tries === 1) print(`${error.message}; asking again`);
      await setTimeout(pauseMs, undefined, { signal });
    }
  }
}
