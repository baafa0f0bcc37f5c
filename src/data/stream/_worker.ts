/// <reference lib="deno.worker" />
import { faultOf } from "@/core/mod.ts";
import type { Answer, Request } from "./_message.ts";
import type { Pipeline } from "./pipeline.ts";
import { openPlan, type StreamPlan } from "./plan.ts";

let plan: StreamPlan | undefined;
let pipeline: Pipeline | undefined;

/** Makes the batch of a step, or says why it cannot. */
function answer(step: number): Answer {
  try {
    pipeline ??= openPlan(plan!);
    return { step, batch: pipeline.batch(step, plan!.batch) };
  } catch (error) {
    return { step, fault: faultOf(error) };
  }
}

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if ("plan" in data) {
    plan = data.plan;
    return;
  }
  const message = answer(data.step);
  const made = "batch" in message ? Object.values(message.batch) : [];
  const buffers = made
    .flatMap((v) => v instanceof Float32Array ? [v.buffer as ArrayBuffer] : []);
  self.postMessage(message, buffers);
};
