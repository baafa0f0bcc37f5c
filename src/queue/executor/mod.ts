/**
 * What can carry runs out.
 *
 * @module
 */
import { type Catalog, catalog, type Entry } from "@/core/mod.ts";
import type { Queue } from "./_executor.ts";
import { local } from "./local.ts";
import { slurm } from "./slurm.ts";

export { QueueSilence } from "./_ask.ts";
export type { Queue, QueuedTask, Work } from "./_executor.ts";

/** Every executor; its queue, or null where this process carries out. */
export const executors: Catalog<Queue | null> = catalog("executor", [
  local,
  slurm,
]);

/** What executors that are queues are called. */
export const queueNames: readonly string[] = executors.components
  .filter(({ name }) => executorNamed(name) !== null).map(({ name }) => name);

/** The queue of one of {@linkcode queueNames}, by its name or with its options, as on record. */
export function queueNamed(
  type: string,
  options: Omit<Entry, "type"> = {},
): Queue {
  const queue = executorNamed(type, options);
  if (queue) return queue;
  throw new TypeError(`Cannot ask ${type}: it has no queue`);
}

function executorNamed(
  type: string,
  options: Omit<Entry, "type"> = {},
): Queue | null {
  return executors.create(executors.schema.parse({ type, ...options }));
}
