import type { Batch, Fault } from "@/core/mod.ts";
import type { StreamPlan } from "./plan.ts";

/** What a worker is told: first the plan, then which batches to make. */
export type Request = { readonly plan: StreamPlan } | { readonly step: number };

/** What a worker answers for a step. */
export type Answer =
  | { readonly step: number; readonly batch: Batch }
  | { readonly step: number; readonly fault: Fault };
