import type {
  MetricPoint,
  Recorder,
  SeenSample,
  WeightHash,
} from "@/record/mod.ts";
import type { LiveBoard } from "../tensorboard/mod.ts";
import type { RerunCheck } from "./rerun_check.ts";

/**
 * Records a run, compares what can be repeated with the run it repeats, and shows
 * its numbers to who watches.
 */
export class CheckedRecorder {
  /** Records the rest. */
  readonly recorder: Recorder;
  readonly #check: RerunCheck | null;
  readonly #board: Pick<LiveBoard, "metrics"> | null;
  #step: number;

  /**
   * Takes what records, from which step on, what compares if something is
   * repeated, and what shows it elsewhere.
   */
  constructor(
    recorder: Recorder,
    { afterStep = 0, check = null, board = null }: {
      readonly afterStep?: number;
      readonly check?: RerunCheck | null;
      readonly board?: Pick<LiveBoard, "metrics"> | null;
    } = {},
  ) {
    this.recorder = recorder;
    this.#step = afterStep;
    this.#check = check;
    this.#board = board;
  }

  /** The run's name. */
  get id(): string {
    return this.recorder.run.id;
  }

  /** The last step that numbers told of. */
  get step(): number {
    return this.#step;
  }

  /** Numbers. */
  metrics(points: readonly MetricPoint[]): void {
    for (const { step } of points) this.#step = Math.max(this.#step, step);
    this.recorder.metrics(points);
    this.#check?.metrics(points);
    this.#board?.metrics(points);
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
