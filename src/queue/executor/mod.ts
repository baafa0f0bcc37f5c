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

/** The queue that did what is on record as an executor's. */
export function queueNamed(executor: string): Queue {
  const { type } = executors.schema.parse({ type: executor });
  const queue = executors.create({ type });
  if (queue) return queue;
  throw new TypeError(`Cannot ask ${executor}: it has no queue`);
}
