import { durationText } from "@/core/mod.ts";
import { metricLabel } from "@/metric/mod.ts";
import type { StepEvent } from "@/train/mod.ts";

/** Steps after the first that tell how long the others take. */
const fewestSteps = 5;

/** What a progress line is about. */
export interface ProgressPlan {
  /** Steps in all. */
  readonly totalSteps: number;
  /** Samples in a step. */
  readonly batch: number;
  /** Voxels in a step. */
  readonly voxelsPerStep: number;
  /** Names of the loss's terms. */
  readonly termNames: readonly string[];
  /** Whether a line can be overwritten. */
  readonly isTerminal: boolean;
  /** The time in milliseconds from any moment on; that of this process by default. */
  readonly nowMs?: () => number;
}

/** Writes the state of a training: one living line, or plain lines for a file. */
export class Progress {
  readonly #plan: ProgressPlan;
  readonly #print: (line: string) => void;
  readonly #nowMs: () => number;
  #shownMs = -Infinity;
  #events: StepEvent[] = [];
  /** The first step that was told of here, which may have compiled, and its end. */
  #first: { readonly step: number; readonly endMs: number } | undefined;

  /** Begins; `print` takes whole lines. */
  constructor(plan: ProgressPlan, print: (line: string) => void) {
    this.#plan = plan;
    this.#nowMs = plan.nowMs ?? (() => performance.now());
    this.#print = print;
  }

  /** Shows a step, several times a second on a terminal, else every ten seconds. */
  step(event: StepEvent): void {
    this.#first ??= { step: event.step, endMs: this.#nowMs() };
    this.#events.push(event);
    if (!this.#isDue && event.step < this.#plan.totalSteps) return;
    this.#show(this.#line(event));
    this.#events = [];
  }

  /** Shows as often what is measured meanwhile, as that takes long too. */
  measuring(what: string): void {
    if (this.#isDue) this.#show(`measuring ${what}`);
  }

  /** Ends the living line, so that other lines can follow. */
  pause(): void {
    if (this.#plan.isTerminal && this.#shownMs > 0) write("\r\x1b[K");
  }

  get #isDue(): boolean {
    const waitMs = this.#plan.isTerminal ? 200 : 10_000;
    return this.#nowMs() >= this.#shownMs + waitMs;
  }

  #show(line: string): void {
    this.#shownMs = this.#nowMs();
    if (this.#plan.isTerminal) write(`\r\x1b[K${line}`);
    else this.#print(line);
  }

  #line({ step }: StepEvent): string {
    const { totalSteps, batch, voxelsPerStep, termNames } = this.#plan;
    const events = this.#events;
    const mean = (of: (event: StepEvent) => number) =>
      events.reduce((sum, event) => sum + of(event), 0) / events.length;
    const stepMs = mean((e) => e.stepMs), waitMs = mean((e) => e.waitMs);
    const terms = termNames.map((name, i) =>
      `${metricLabel(name)} ${mean((e) => e.terms[i]!).toFixed(4)}`
    );
    return [
      `step ${step}/${totalSteps}`,
      `${step * batch} samples`,
      `loss ${mean((e) => e.loss).toFixed(4)} (${terms.join(", ")})`,
      `${(voxelsPerStep / stepMs / 1000).toFixed(2)} Mvoxel/s`,
      `wait ${(100 * waitMs / stepMs).toFixed(1)} %`,
      ...this.#timeLeft(step),
    ].join(" · ");
  }

  /** How long the rest takes, as the steps after the first say; nothing before. */
  #timeLeft(step: number): readonly string[] {
    const { step: first, endMs } = this.#first!;
    const done = step - first;
    if (done < fewestSteps) return [];
    const leftMs = (this.#nowMs() - endMs) / done *
      (this.#plan.totalSteps - step);
    return [`ETA ${durationText(leftMs)}`];
  }
}

function write(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
