import type {
  MetricPoint,
  Recorder,
  SeenSample,
  WeightHash,
} from "@/record/mod.ts";
import type { RerunCheck } from "./rerun_check.ts";

/** Records a run, and compares what can be repeated with the run it repeats. */
export class CheckedRecorder {
  /** Records the rest. */
  readonly recorder: Recorder;
  readonly #check: RerunCheck | null;

  /** Takes what records, and what compares, if something is repeated. */
  constructor(recorder: Recorder, check: RerunCheck | null) {
    this.recorder = recorder;
    this.#check = check;
  }

  /** The run's name. */
  get id(): string {
    return this.recorder.run.id;
  }

  /** Numbers. */
  metrics(points: readonly MetricPoint[]): void {
    this.recorder.metrics(points);
    this.#check?.metrics(points);
  }

  /** Samples that training has seen, before the numbers that come of them. */
  samples(samples: readonly SeenSample[]): void {
    this.recorder.samples(samples);
    this.#check?.samples(samples);
  }

  /** Hashes of weights, in the network's order. */
  weightHashes(hashes: readonly WeightHash[]): void {
    this.recorder.weightHashes(hashes);
    this.#check?.weightHashes(hashes);
  }
}
