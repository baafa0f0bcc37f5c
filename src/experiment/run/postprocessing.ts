import { type Entry, risingValue } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import {
  beforeCall,
  calledAt,
  choicesOf,
  postprocessWhole,
  sectionsOf,
  settledSteps,
  sweptOptions,
  wholeOf,
} from "@/postprocess/mod.ts";
import type { PostprocessRecord } from "@/record/mod.ts";
import { metricOf, tunedBy } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import {
  meanScores,
  measureVolumes,
  pooledThreshold,
  type Predicted,
} from "./evaluate.ts";

/** How voxels come to be called cleft. */
export interface Calling {
  /** From which probability on; undefined where nothing is cleft to choose it by. */
  readonly threshold: number | undefined;
  /** The steps, sweeps settled; none if the experiment lists none. */
  readonly steps: readonly Entry[];
  /** What was tried to choose among sweeps; nothing where there are none. */
  readonly tried: PostprocessRecord["tried"];
}

/**
 * Chooses by predictions how voxels are called cleft: the threshold of the best
 * Dice where none is named, and of sweeps the combination that is best by what
 * the experiment tunes by, the first of equal ones.
 */
export function chooseCalling(
  predicted: readonly Predicted[],
  spec: Pick<Spec, "postprocess" | "evaluate">,
): Calling {
  const listed = spec.postprocess as readonly Entry[];
  const callings = choicesOf(listed).map((steps) => ({
    steps,
    threshold: listed.length === 0
      ? pooledThreshold(predicted)
      : calledAt(steps) ?? pooledThreshold(smoothed(predicted, steps)),
    tried: [],
  }));
  if (callings.length === 1) return callings[0]!;
  const ranking = tunedBy(spec)!, { name } = ranking;
  const by = [metrics.create(metricOf(spec, name)!)];
  const swept = sweptOptions(listed);
  const tried = callings.map((calling) => {
    const scores = measureVolumes(called(predicted, calling), {
      metrics: by,
      threshold: calling.threshold,
    });
    return {
      options: swept.map(({ at, option }) => calling.steps[at]![option]),
      value: meanScores(scores)[name] ?? null,
    };
  });
  const rising = tried.map(({ value }) => risingValue(value, ranking));
  const best = rising.indexOf(Math.max(...rising));
  return { ...callings[best]!, tried };
}

/** Predictions with what is called cleft in them; as they are without steps. */
export function called(
  predicted: readonly Predicted[],
  { steps, threshold }: Pick<Calling, "steps" | "threshold">,
): readonly Predicted[] {
  if (steps.length === 0 || threshold === undefined) return predicted;
  const entries = settledSteps(steps, threshold);
  return predicted.map((one) => ({
    ...one,
    ...postprocessWhole(one.probability, {
      shapeVox: one.volume.shapeVox,
      entries,
    }),
  }));
}

/** Predictions whose probabilities are those that voxels are called by. */
function smoothed(
  predicted: readonly Predicted[],
  steps: readonly Entry[],
): readonly Predicted[] {
  return predicted.map((one) => {
    const before = sectionsOf(one.probability, one.volume.shapeVox);
    const after = beforeCall(before, steps);
    return after === before ? one : { ...one, probability: wholeOf(after) };
  });
}
