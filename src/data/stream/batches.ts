import type { Batch } from "@/core/mod.ts";
import type { BatchMaker } from "./_batch_maker.ts";
import { openPlan, type StreamPlan } from "./plan.ts";
import { openPool } from "./_pool.ts";

/** A batch and how long the caller waited for it. */
export interface TimedBatch {
  /** The batch; the caller's. */
  readonly batch: Batch;
  /** From the call to the answer, in milliseconds. */
  readonly waitMs: number;
}

/** The batches of a run, in order of their steps. */
export interface BatchStream extends AsyncDisposable {
  /**
   * The batch of the next step.
   *
   * @throws What a worker failed with, or the reason of the signal.
   */
  next(): Promise<TimedBatch>;
}

/** Where a stream begins and what can stop it. */
export interface StreamOptions {
  /** The step of the first batch, from 0. */
  readonly fromStep: number;
  /** Stops the stream: `next` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the batches of a run: step `s`, from 0, holds the samples `s * batch` to
 * `s * batch + batch - 1`. The same batches for any number of workers and from
 * any first step. Workers start at once and prepare up to `ahead` batches.
 *
 * @example
 * ```ts ignore
 * await using batches = openBatches(plan, { fromStep: 0 });
 * const { batch, waitMs } = await batches.next();
 * ```
 */
export function openBatches(
  plan: StreamPlan,
  { fromStep, signal }: StreamOptions,
): BatchStream {
  const { make, dispose } = plan.workers === 0
    ? openHere(plan)
    : openPool(plan, fromStep);
  let step = fromStep;
  let giveUp: (reason: unknown) => void = () => {};
  const stop = () => giveUp(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  return {
    async next() {
      signal?.throwIfAborted();
      const start = performance.now();
      const batch = await new Promise<Batch>((resolve, reject) => {
        giveUp = reject;
        make(step).then(resolve, reject);
      });
      step++;
      return { batch, waitMs: performance.now() - start };
    },
    [Symbol.asyncDispose]() {
      signal?.removeEventListener("abort", stop);
      dispose();
      return Promise.resolve();
    },
  };
}

/** Makes each batch in the calling thread when it is asked for. */
function openHere(plan: StreamPlan): BatchMaker {
  const pipeline = openPlan(plan);
  return {
    // deno-lint-ignore require-await -- so that a failure rejects
    make: async (step) => pipeline.batch(step, plan.batch),
    dispose() {},
  };
}
