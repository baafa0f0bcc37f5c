import { cleftVersion, type Volume } from "@/core/mod.ts";
import type { PredictionOrigin } from "@/data/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { Artifact, Records, Run } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { bestCheckpoint } from "./checkpoints.ts";
import { stepsOf, thresholdAt } from "./record_calling.ts";

/** What a prediction is made of. */
export interface PredictionParts {
  /** The run whose network predicts. */
  readonly run: Run;
  /** What its experiment says. */
  readonly spec: Pick<Spec, "evaluate">;
  /** Its weights. */
  readonly checkpoint: Artifact;
  /** The step that they are of. */
  readonly step: number;
  /** What computes. */
  readonly engine: Pick<Engine, "facts">;
  /** The test-time augmentation. */
  readonly tta: string;
  /** What is predicted. */
  readonly volume: Pick<Volume, "inputs" | "wayBack">;
  /** The head by its name; null for clefts. */
  readonly head: string | null;
  /** What is to be known of the volume. */
  readonly notes: readonly string[];
}

/** What the file of a prediction says of where it comes from. */
export function predictionOrigin(
  records: Pick<Records, "artifact" | "artifacts" | "metrics">,
  parts: PredictionParts,
): PredictionOrigin {
  const { run, spec, checkpoint, step, engine, tta, volume, head } = parts;
  const { id, experiment, planHash } = run;
  const { facts } = engine;
  const threshold = thresholdAt(records, { run: id, step });
  const ofClefts = {
    threshold,
    metrics: spec.evaluate.metrics,
    postprocess: stepsOf(records, { run: id, threshold }),
  };
  return {
    ...{ run: id, experiment, head, planSha256: planHash, step },
    weights: checkpoint.name === bestCheckpoint ? "best" : "last",
    checkpointSha256: checkpoint.sha256,
    ...head === null
      ? ofClefts
      : { threshold: null, metrics: [], postprocess: [] },
    ...{ engine: facts.engine, precision: facts.precision },
    versions: { cleft: cleftVersion, ...facts.versions },
    ...{ tta, inputs: volume.inputs },
    usedFor: usesOf(run, dataOf(volume).map(({ sha256 }) => sha256)),
    ...parts.notes.length > 0 && { notes: parts.notes },
  };
}

/** The files that voxels come from, without those that say how they are moved. */
function dataOf(
  { inputs, wayBack }: Pick<Volume, "inputs" | "wayBack">,
): Volume["inputs"] {
  return wayBack?.original.inputs ?? inputs;
}

/** What a run read files of these hashes for. */
function usesOf({ inputs }: Run, hashes: readonly string[]): readonly string[] {
  const uses = inputs.filter(({ sha256 }) => hashes.includes(sha256))
    .flatMap(({ split }) => split ?? []);
  return [...new Set(uses)];
}
