import { risingValue } from "@/core/mod.ts";
import { foremostNames, type Scores, validationLoss } from "@/metric/mod.ts";
import { sectionsFolder } from "@/record/mod.ts";
import { type Snapshot, TrainState, type Validation } from "@/train/mod.ts";
import { bestCheckpoint, saveCheckpoint } from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import { evaluateVolumes, meanScores } from "./evaluate.ts";
import type { EvaluatorOf } from "./evaluator.ts";
import type { ActiveJob, BestSoFar } from "./job.ts";
import type { Progress } from "./progress.ts";
import { scorePoints, scoresText } from "./recording.ts";
import { SectionsOnTheWay } from "./sections_on_the_way.ts";
import type { LossOf } from "./validation_loss.ts";

/** The most prominent numbers that a line of a validation shows. */
const mostShown = 2;

/** What a {@linkcode Validator} works with besides the job. */
export interface ValidatorParts {
  /** The network of a state. */
  readonly evaluatorOf: EvaluatorOf;
  /** Its loss, where that can be told. */
  readonly lossOf: LossOf | null;
  /** Where steps are shown. */
  readonly progress: Pick<Progress, "pause">;
  /** Where validations are told. */
  readonly context: Pick<RunContext, "print">;
}

/** Validates on the way, records it and keeps the best weights. */
export class Validator {
  readonly #job: ActiveJob;
  readonly #parts: ValidatorParts;
  readonly #sections: SectionsOnTheWay;
  #best: BestSoFar | null;

  /** Begins with the best validation that the job knows. */
  constructor(job: ActiveJob, parts: ValidatorParts) {
    this.#job = job;
    this.#parts = parts;
    this.#sections = new SectionsOnTheWay(job.plan.spec.evaluate);
    this.#best = job.best;
  }

  /** What a snapshot comes to, without test-time augmentation; null without volumes. */
  async validate(snapshot: Snapshot): Promise<Validation | null> {
    const { data: { measured }, recorder } = this.#job;
    const { evaluatorOf, lossOf, progress, context } = this.#parts;
    if (measured.validation.length === 0) return null;
    using state = TrainState.from(snapshot, []);
    const evaluator = evaluatorOf(state), { step } = state;
    const evaluated = await evaluateVolumes(measured.validation, {
      ...evaluator,
      plan: { ...evaluator.plan, tta: { type: "none" } },
    });
    const scores: Scores = {
      ...meanScores(evaluated),
      ...lossOf && { [validationLoss.name]: await lossOf(state) },
    };
    const points = scorePoints("validation", { step, scores });
    const sections = this.#sections.contents(evaluated, { step });
    recorder.metrics(points);
    recorder.recorder.artifactsBelow(sectionsFolder, sections);
    this.#keepIfBest(snapshot, scores);
    progress.pause();
    context.print(`step ${step}: validation ${this.#lineOf(step, scores)}`);
    const entries = points.map(({ name, value }) => [name, value]);
    return { step, scores: Object.fromEntries(entries) };
  }

  /** What ranks and what is most prominent, and the best so far. */
  #lineOf(step: number, scores: Scores): string {
    const { plan: { ranking } } = this.#job;
    const shown = [...foremostNames(ranking, mostShown), validationLoss.name]
      .filter((name) => name in scores)
      .map((name) => [name, scores[name]!] as const);
    const best = this.#best;
    const place = best === null
      ? []
      : best.step === step
      ? ["the best so far"]
      : [`best ${scoresText({ [ranking.name]: best.value })} at ${best.step}`];
    return [scoresText(Object.fromEntries(shown)), ...place].join(" · ");
  }

  #keepIfBest(snapshot: Snapshot, scores: Scores): void {
    const { plan: { ranking }, training, recorder } = this.#job;
    const value = scores[ranking.name] ?? null;
    const isBetter = risingValue(value, ranking) >
      risingValue(this.#best?.value, ranking);
    if (value === null || !isBetter) return;
    this.#best = { step: snapshot.step, value };
    saveCheckpoint(recorder.recorder, {
      ...{ name: bestCheckpoint, snapshot, training },
    });
  }
}
