/**
 * What can carry runs out.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Queue } from "./_executor.ts";
import { local } from "./local.ts";
import { slurm } from "./slurm.ts";

export type { Queue, QueuedTask, Work } from "./_executor.ts";

/** Every executor; its queue, or null where this process carries out. */
export const executors: Catalog<Queue | null> = catalog("executor", [
  local,
  slurm,
]);

/** What executors that are queues are called. */
export const queueNames: readonly string[] = executors.components
  .filter(({ name }) => executorNamed(name) !== null).map(({ name }) => name);

/** The queue that did what is on record as an executor's, one of {@linkcode queueNames}. */
export function queueNamed(executor: string): Queue {
  const queue = executorNamed(executor);
  if (queue) return queue;
  throw new TypeError(`Cannot ask ${executor}: it has no queue`);
}

function executorNamed(type: string): Queue | null {
  return executors.create(executors.schema.parse({ type }));
}
