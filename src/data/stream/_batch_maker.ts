import type { Batch } from "@/core/mod.ts";

/** What makes the batch of a step. */
export interface BatchMaker {
  /** Makes or awaits it; steps are asked for in order. */
  make(step: number): Promise<Batch>;
  /** Stops whatever is under way. */
  dispose(): void;
}
