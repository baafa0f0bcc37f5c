import type { PredictionOrigin } from "@/data/mod.ts";

/** What a prediction file says of a made-up run. */
export function predictedBy(
  changes: Partial<PredictionOrigin> = {},
): PredictionOrigin {
  return {
    run: "mixloss-20261123-2105-k3f9",
    experiment: "mixloss",
    planSha256: "5f".repeat(32),
    weights: "best",
    step: 300,
    checkpointSha256: "7e".repeat(32),
    threshold: 0.95,
    metrics: [],
    head: null,
    postprocess: [],
    tta: "none",
    inputs: [],
    usedFor: [],
    engine: "tensorflow",
    precision: "fp32",
    versions: {},
    ...changes,
  };
}
