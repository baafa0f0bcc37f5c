import { RunError } from "@/core/mod.ts";
import { machineSources, MachineWatch, type Watched } from "@/machine/mod.ts";
import type { CheckedRecorder } from "./checked_recorder.ts";

/** Where the numbers go. */
type Recorder = Pick<CheckedRecorder, "step" | "metrics">;

/** No stretch that readings are joined over is shorter than this part of the run. */
const stretches = 500;

/**
 * Records what the machine does while a run goes on: reads it every few seconds
 * between two steps, and joins the readings over ever longer stretches, so that
 * a run of days has a few thousand points.
 */
export class MachineRecording implements Disposable {
  readonly #recorder: Recorder;
  readonly #watch: MachineWatch;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #beganMs = performance.now();
  #takenMs = performance.now();
  #takenStep: number;
  #isOver = false;

  /** Begins; `before` is what the run came to before, if it goes on. */
  constructor(recorder: Recorder, { watched, before, everyMs = 5000 }: {
    readonly watched: Watched;
    readonly before: Readonly<Record<string, number>>;
    /** How far apart readings are. */
    readonly everyMs?: number;
  }) {
    this.#recorder = recorder;
    this.#takenStep = recorder.step;
    this.#watch = new MachineWatch(machineSources, watched, before);
    this.#timer = setInterval(() => this.#tick(), everyMs);
    this.#timer.unref(); // it keeps no process going
  }

  /** Ends, and records the last stretch. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    using watch = this.#watch;
    watch.read();
    this.#take();
  }

  [Symbol.dispose](): void {
    passing(() => this.end());
  }

  #tick(): void {
    this.#watch.read();
    const nowMs = performance.now();
    const stretchMs = (nowMs - this.#beganMs) / stretches;
    const isDue = nowMs - this.#takenMs >= stretchMs &&
      this.#recorder.step > this.#takenStep;
    if (isDue) passing(() => this.#take());
  }

  #take(): void {
    const { step } = this.#recorder;
    this.#takenMs = performance.now();
    this.#takenStep = step;
    const taken = Object.entries(this.#watch.take());
    this.#recorder.metrics(
      taken.map(([name, value]) => ({ split: "train", name, step, value })),
    );
  }
}

/** Does what can fail because of the records: whatever is written next says so. */
function passing(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
  }
}
