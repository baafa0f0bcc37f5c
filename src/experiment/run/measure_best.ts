import { TrainState } from "@/train/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import { evaluateVolumes, meanScores } from "./evaluate.ts";
import type { EvaluatorOf } from "./evaluator.ts";
import type { ActiveJob } from "./job.ts";
import type { Progress } from "./progress.ts";
import { recordEvaluation } from "./record_evaluation.ts";
import { bestPrefix, scorePoints, scoresText } from "./recording.ts";

/** Measures the best weights: validation, then test at validation's threshold. */
export async function measureBest(
  { plan: { spec }, training, data, records, recorder }: ActiveJob,
  { evaluatorOf, progress, context }: {
    readonly evaluatorOf: EvaluatorOf;
    readonly progress: Pick<Progress, "pause">;
    readonly context: Pick<RunContext, "print">;
  },
): Promise<void> {
  const names = [bestCheckpoint, lastCheckpoint];
  const best = readCheckpoint(records, recorder.id, { training, names })!;
  using state = TrainState.from(best, []);
  const evaluator = evaluatorOf(state);
  let threshold: number | undefined;
  for (const split of ["validation", "test"] as const) {
    const volumes = data.measured[split];
    if (volumes.length === 0) continue;
    const evaluated = await evaluateVolumes(volumes, {
      ...evaluator,
      threshold,
    });
    for (const one of evaluated) {
      recordEvaluation(recorder.recorder, {
        evaluated: one,
        place: {
          split,
          thresholdFrom: threshold === undefined ? split : "validation",
          step: state.step,
          sectionsShown: spec.evaluate.sectionsShown,
          metrics: evaluator.metrics,
        },
      });
    }
    const scores = meanScores(evaluated);
    recorder.metrics(
      scorePoints(split, { step: state.step, scores, prefix: bestPrefix }),
    );
    progress.pause();
    context.print(
      `${split} with the weights of step ${state.step}: ${scoresText(scores)}`,
    );
    threshold ??= scores.threshold ?? undefined;
  }
}
