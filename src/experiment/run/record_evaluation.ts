import {
  darkness,
  foundClefts,
  measure,
  type Metric,
  precisionRecall,
} from "@/metric/mod.ts";
import type { EvaluationRecord, Recorder, Split } from "@/record/mod.ts";
import { type Evaluated, inputOf } from "./evaluate.ts";
import { recordGallery } from "./gallery.ts";
import { scoreSections, sectionPng, sectionsToShow } from "./pictures.ts";

/** Where an evaluation belongs in the record. */
export interface EvaluationPlace {
  /** The data's role. */
  readonly split: Split;
  /** Where the threshold was chosen. */
  readonly thresholdFrom: Split;
  /** The step whose weights were evaluated. */
  readonly step: number;
  /** How many sections are kept as pictures. */
  readonly sectionsShown: number;
  /** How many objects of each kind are. */
  readonly objectsShown: number;
  /** What is measured. */
  readonly metrics: readonly Metric[];
}

/** Records an evaluation: scores, baseline, curve, and sections as pictures. */
export function recordEvaluation(
  recorder: Pick<Recorder, "artifact">,
  { evaluated, place }: {
    readonly evaluated: Evaluated;
    readonly place: EvaluationPlace;
  },
): EvaluationRecord {
  const { volume, patch, probability, scores } = evaluated;
  const { shapeVox, voxelNm, name } = volume;
  const { target, mask, image } = patch;
  const { split, thresholdFrom, step } = place;
  const dark = darkness(image, shapeVox);
  const input = {
    ...inputOf(evaluated),
    threshold: scores.threshold ?? Infinity, // then nothing is called cleft
  };
  const everySection = scoreSections(input);
  const sections = sectionsToShow(everySection, place.sectionsShown);
  const record: EvaluationRecord = {
    split,
    volume: name,
    step,
    shapeVox: [...shapeVox],
    voxelNm: [...voxelNm],
    thresholdFrom,
    metrics: scores,
    baseline: measure(
      inputOf({ volume, patch, probability: dark }),
      place.metrics,
    ),
    precisionRecall: precisionRecall(probability, target, mask),
    sections,
    everySection,
    clefts: foundClefts(input),
  };
  const base = `evaluation/${split}/${name}`;
  recorder.artifact(
    `${base}.json`,
    "application/json",
    new TextEncoder().encode(JSON.stringify(record)),
  );
  recordGallery(recorder, {
    evaluated,
    split,
    most: place.objectsShown,
  });
  for (const { z } of sections) {
    const keep = (what: string, array: Float32Array | Uint8Array) => {
      const png = sectionPng(array, { shapeVox, z });
      recorder.artifact(`${base}/${z}/${what}.png`, "image/png", png);
    };
    keep("raw", image);
    keep("truth", target);
    keep("prediction", probability);
  }
  return record;
}
