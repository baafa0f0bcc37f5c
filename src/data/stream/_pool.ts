import { type Batch, errorOf } from "@/core/mod.ts";
import type { BatchMaker } from "./_batch_maker.ts";
import type { Answer, Request } from "./_message.ts";
import type { StreamPlan } from "./plan.ts";

/** A worker and the number of batches it still owes. */
interface Hand {
  readonly worker: Worker;
  owes: number;
}

/**
 * Prepares batches in workers, up to `ahead` of them before they are asked for.
 * Each request goes at once to the worker that owes least, so that none is idle
 * while the calling thread computes.
 */
export function openPool(plan: StreamPlan, fromStep: number): BatchMaker {
  const pending = new Map<number, PromiseWithResolvers<Batch>>();
  let broken: Error | undefined;
  const hands = Array.from({ length: plan.workers }, startHand);
  const ahead = Math.max(1, plan.ahead);
  let requested = fromStep;
  requestTo(fromStep + ahead);

  function startHand(): Hand {
    const worker = new Worker(new URL("./_worker.ts", import.meta.url), {
      type: "module",
      name: "cleft-batches",
    });
    const hand: Hand = { worker, owes: 0 };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      hand.owes--;
      if ("batch" in data) pending.get(data.step)?.resolve(data.batch);
      else {
        pending.get(data.step)?.reject(errorOf(data.fault, "prepare a batch"));
      }
    };
    worker.onerror = (event) => {
      event.preventDefault(); // or it would end the process
      breakWith(new Error(`Cannot prepare batches: ${event.message}`));
    };
    worker.onmessageerror = () =>
      breakWith(new Error("Cannot read the answer of a batch worker"));
    worker.postMessage({ plan } satisfies Request);
    return hand;
  }

  function breakWith(error: Error): void {
    broken ??= error;
    for (const { reject } of pending.values()) reject(broken);
  }

  function requestTo(end: number): void {
    for (; requested < end; requested++) {
      const result = Promise.withResolvers<Batch>();
      result.promise.catch(() => {}); // reported when the step is asked for
      if (broken) result.reject(broken);
      pending.set(requested, result);
      const hand = hands.reduce((a, b) => b.owes < a.owes ? b : a);
      hand.owes++;
      hand.worker.postMessage({ step: requested } satisfies Request);
    }
  }

  return {
    async make(step) {
      const batch = await pending.get(step)!.promise;
      pending.delete(step);
      requestTo(step + 1 + ahead);
      return batch;
    },
    dispose() {
      for (const { worker } of hands) worker.terminate();
      breakWith(new Error("The stream of batches was closed"));
    },
  };
}
