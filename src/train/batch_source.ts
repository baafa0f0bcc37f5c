import type { Batch } from "@/core/mod.ts";

/** Where batches come from, in order: one a step, or as many as accumulate. */
export interface BatchSource {
  /** The next batch, and how long training had to wait for it. */
  next(): Promise<{ batch: Batch; waitMs: number }>;
}

/** The batches of a step, and how long training had to wait for them. */
export async function takeBatches(
  source: BatchSource,
  count: number,
): Promise<{ batches: readonly Batch[]; waitMs: number }> {
  const batches: Batch[] = [];
  let waitMs = 0;
  for (let i = 0; i < count; i++) {
    const next = await source.next();
    batches.push(next.batch);
    waitMs += next.waitMs;
  }
  return { batches, waitMs };
}
