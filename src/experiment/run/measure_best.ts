import { sectionsFolder } from "@/record/mod.ts";
import { TrainState } from "@/train/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import { meanScores, measureVolumes, predictVolumes } from "./evaluate.ts";
import type { EvaluatorOf } from "./evaluator.ts";
import type { ActiveJob } from "./job.ts";
import { called, type Calling, chooseCalling } from "./postprocessing.ts";
import { hasKnownPartners, measurePartners } from "./measure_partners.ts";
import type { Progress } from "./progress.ts";
import { recordEvaluation } from "./record_evaluation.ts";
import { recordCalling } from "./record_calling.ts";
import { bestPrefix, scorePoints, scoresText } from "./recording.ts";

/**
 * Measures the best weights: validation, then test at validation's threshold and
 * with the post-processing that it chose.
 */
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
  let calling: Calling | undefined;
  for (const split of ["validation", "test"] as const) {
    const volumes = data.measured[split];
    if (volumes.length === 0) continue;
    const predicted = await predictVolumes(volumes, {
      ...evaluator,
      needsPolarity: hasKnownPartners,
    });
    const isChosen = calling?.threshold !== undefined;
    const by: Calling = isChosen ? calling! : chooseCalling(predicted, spec);
    const choice = isChosen
      ? undefined
      : recordCalling(recorder.recorder, { calling: by, split, spec });
    const evaluated = measureVolumes(called(predicted, by), {
      metrics: evaluator.metrics,
      threshold: by.threshold,
    });
    for (const one of evaluated) {
      recordEvaluation(recorder.recorder, {
        evaluated: one,
        place: {
          split,
          thresholdFrom: isChosen ? "validation" : split,
          step: state.step,
          sectionsShown: spec.evaluate.sectionsShown,
          objectsShown: spec.evaluate.objectsShown,
          metrics: evaluator.metrics,
        },
      });
    }
    // What was seen on the way makes room for what is seen now.
    recorder.recorder.artifactsBelow(sectionsFolder, []);
    const scores = meanScores(evaluated);
    recorder.metrics(
      scorePoints(split, { step: state.step, scores, prefix: bestPrefix }),
    );
    const partners = measurePartners(predicted, {
      ...{ spec, recorder, split, step: state.step },
    });
    progress.pause();
    if (choice !== undefined) context.print(choice);
    context.print(
      `${split} with the weights of step ${state.step}: ${scoresText(scores)}`,
    );
    if (partners !== null) context.print(partners);
    calling = by;
  }
}
