import type { Sample } from "@/core/mod.ts";
import { openShared, type SharedVolume } from "../volume/share.ts";
import { openPipeline, type Pipeline, type PipelinePlan } from "./pipeline.ts";

/** What decides the batches of a run, and how they are prepared. */
export interface StreamPlan extends PipelinePlan {
  /** The volumes to train on. */
  readonly volumes: readonly SharedVolume[];
  /** Samples in a batch. */
  readonly batch: number;
  /** Threads that prepare batches; 0 prepares each when it is asked for. */
  readonly workers: number;
  /** Batches prepared ahead at most: what bounds the memory. */
  readonly ahead: number;
}

/** Opens the pipeline of a plan in this thread. */
export function openPlan(plan: StreamPlan): Pipeline {
  return openPipeline(plan.volumes.map(openShared), plan);
}

/** Sample number `index` of a run, as the network sees it. */
export function makeSample(plan: StreamPlan, index: number): Sample {
  const pipeline = openPlan(plan);
  return pipeline.make(pipeline.draw(index));
}
