/// <reference lib="deno.worker" />
import { type Batch, serveInThread } from "@/core/mod.ts";
import { openPlan, type StreamPlan } from "./plan.ts";

serveInThread<StreamPlan, number, Batch>((plan) => {
  const pipeline = openPlan(plan);
  return {
    answer: (step) => pipeline.batch(step, plan.batch),
    buffersOf: (batch) =>
      Object.values(batch).flatMap((part) =>
        part instanceof Float32Array ? [part.buffer as ArrayBuffer] : []
      ),
  };
});
