import { type Batch, Threads } from "@/core/mod.ts";
import type { BatchMaker } from "./_batch_maker.ts";
import type { StreamPlan } from "./plan.ts";

/** Prepares batches in threads, up to `ahead` of them before they are asked for. */
export function openPool(plan: StreamPlan, fromStep: number): BatchMaker {
  const threads = new Threads<StreamPlan, number, Batch>({
    start: () =>
      new Worker(new URL("./_worker.ts", import.meta.url), {
        type: "module",
        name: "cleft-batches",
      }),
    count: plan.workers,
    task: plan,
    doing: "prepare a batch",
  });
  const ahead = Math.max(1, plan.ahead);
  const batches = new Map<number, Promise<Batch>>();
  let requested = fromStep;
  requestTo(fromStep + ahead);

  function requestTo(end: number): void {
    for (; requested < end; requested++) {
      const batch = threads.ask(requested);
      batch.catch(() => {}); // reported when the step is asked for
      batches.set(requested, batch);
    }
  }

  return {
    async make(step) {
      const batch = await batches.get(step)!;
      batches.delete(step);
      requestTo(step + 1 + ahead);
      return batch;
    },
    dispose: () => threads[Symbol.dispose](),
  };
}
