import { openBatches } from "@/data/mod.ts";
import {
  type Averaging,
  estimateBuffers,
  type Snapshot,
  type ValueTensors,
} from "@/train/mod.ts";
import type { ActiveJob } from "./job.ts";

/** From how many batches statistics are estimated after a step; null if not. */
export function batchesFor(
  averaging: Pick<Averaging, "statisticsFrom" | "share"> | null,
  { step, total }: { readonly step: number; readonly total: number },
): number | null {
  const hasBegun = averaging && averaging.share(step, total) < 1;
  return hasBegun ? averaging.statisticsFrom : null;
}

/**
 * A snapshot with the statistics of its mean weights, estimated from training
 * batches, where they are not averaged as the weights are.
 */
export async function withStatistics(
  snapshot: Snapshot,
  { plan: { spec, steps }, training, engine, data: { stream }, recorder }: Pick<
    ActiveJob,
    "plan" | "training" | "engine" | "data" | "recorder"
  >,
  { state: { step, mean }, signal }: {
    /** The same on the engine. */
    readonly state: {
      readonly step: number;
      readonly mean: ValueTensors | null;
    };
    readonly signal: AbortSignal;
  },
): Promise<Snapshot> {
  const { network, averaging } = training;
  const count = batchesFor(averaging, { step, total: steps.total });
  if (!mean || count === null) return snapshot;
  await using batches = openBatches(
    { ...stream, recordSamples: "none" },
    { fromStep: 0, signal },
  );
  const buffers = await estimateBuffers(engine, network, {
    values: mean,
    batches: {
      next() {
        recorder.recorder.heartbeat();
        return batches.next();
      },
    },
    count,
    seed: spec.seed,
  });
  return { ...snapshot, mean: { ...snapshot.mean!, buffers } };
}
