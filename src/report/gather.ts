import type * as z from "zod";
import { risingValue } from "@/core/mod.ts";
import { validationOutputs } from "@/metric/mod.ts";
import {
  commonRanking,
  type GalleryRecord,
  type MatrixRecord,
  matrixRuns,
  type Records,
  sectionsFolder,
  type SectionsRecord,
} from "@/record/mod.ts";
import {
  engineSchema,
  evaluationSchema,
  gallerySchema,
  postprocessSchema,
  sectionsSchema,
} from "./_artifact_forms.ts";
import { PictureShelf } from "./_picture_shelf.ts";
import { Stored } from "./_stored.ts";
import type { MetricFacts, ReportData, RunData } from "./data.ts";
import { compare } from "./ranking.ts";

/** What to gather besides the runs. */
export interface GatherOptions {
  /** What stands on top; the experiments' names by default. */
  readonly title?: string;
  /**
   * Most bytes of pictures, those of the best runs first; by default fewer the
   * more runs there are, so that a page of many stays small.
   */
  readonly pictureBytes?: number;
}

/** Lines of a log that a report could show. */
const logLines = 200;

/**
 * Reads what a report shows of some runs, in the order given. Damaged or
 * missing artifacts are left out and named in the result, so that one bad run
 * does not take the others with it.
 *
 * @throws {ExperimentError} If a run does not exist.
 */
export function gatherReport(
  records: Records,
  ids: readonly string[],
  { title, pictureBytes = Math.max(1.7e6, 24e6 / ids.length) }: GatherOptions =
    {},
): ReportData {
  const leftOut: string[] = [];
  const shelf = new PictureShelf(pictureBytes);
  const gathered = ids.map((id) => gatherRun(records, id, leftOut));
  const ranking = commonRanking(gathered.map(({ data }) => data.run));
  const best = ({ evaluations }: RunData) =>
    Math.max(
      ...evaluations.map(({ record }) =>
        risingValue(record.metrics[ranking.name], ranking)
      ),
    );
  const bestFirst = gathered
    .map((one, index) => ({ ...one, index }))
    .toSorted((a, b) => compare(best(b.data), best(a.data)));
  const runs: RunData[] = [];
  for (const [rank, { data, stored }] of bestFirst.entries()) {
    for (const { record } of data.evaluations) {
      if (rank === 0) shelf.take(stored, record);
      else shelf.holdShared(stored, record);
    }
  }
  for (const { data, stored, index } of bestFirst) {
    runs[index] = {
      ...data,
      evaluations: data.evaluations.map((evaluation) => ({
        ...evaluation,
        pictures: shelf.take(stored, evaluation.record),
      })),
      ...data.onTheWay && {
        onTheWay: data.onTheWay.map(({ record }) => ({
          record,
          pictures: shelf.take(stored, { ...record, folder: sectionsFolder }),
        })),
      },
    };
  }
  // Pictures of sections come first, of all runs, where there is not room for all.
  for (const { stored, index, galleries } of bestFirst) {
    if (galleries.length === 0) continue;
    runs[index] = {
      ...runs[index]!,
      galleries: galleries.map((record) => shelf.takeGallery(stored, record)),
    };
  }
  const experiments = [...new Set(runs.map(({ run }) => run.experiment))];
  return {
    title: title ?? titleOf(experiments),
    runs,
    facts: metricFacts(),
    matrix: null,
    pictures: shelf.pictures,
    leftOut: [...new Set(leftOut)], // a picture may be asked for more than once
    shortened: shelf.leftOut,
  };
}

/**
 * Reads what a report shows of a matrix: the run that stands for each variant,
 * and some `besides`.
 *
 * @throws {ExperimentError} If one of those does not exist.
 */
export function gatherMatrix(
  records: Records,
  matrix: MatrixRecord,
  { besides = [], ...options }: GatherOptions & {
    readonly besides?: readonly string[];
  } = {},
): ReportData {
  const ids = matrixRuns(records, matrix).map((run) => run?.id ?? null);
  const shown = [...ids, ...besides].filter((id) => id !== null);
  const data = gatherReport(records, [...new Set(shown)], {
    title: matrix.name,
    ...options,
  });
  return { ...data, matrix: { record: matrix, ids } };
}

function titleOf(experiments: readonly string[]): string {
  if (experiments.length === 0) return "No runs";
  if (experiments.length <= 3) return experiments.join(", ");
  return `${experiments.slice(0, 2).join(", ")} and ${
    experiments.length - 2
  } more`;
}

/** What every metric says of itself, in the order of their catalog, and the loss. */
export function metricFacts(): Record<string, MetricFacts> {
  return Object.fromEntries(
    validationOutputs().map(({ name, best: _, ...facts }) => [name, facts]),
  );
}

interface GatheredRun {
  readonly data: RunData;
  readonly galleries: readonly GalleryRecord[];
  readonly stored: Stored;
}

function gatherRun(
  records: Records,
  id: string,
  leftOut: string[],
): GatheredRun {
  const run = records.run(id);
  const stored = new Stored({ records, id: run.id, leftOut });
  const allOf = <Value>(
    folder: string,
    kind: { readonly form: z.ZodType<Value>; readonly what: string },
  ) =>
    [...stored.files.keys()]
      .filter((name) => /^[^/]+\/[^/]+\/.+\.json$/.test(name))
      .filter((name) => name.startsWith(`${folder}/`))
      .flatMap((name) => stored.json(name, kind) ?? []);
  const evaluations = allOf("evaluation", {
    form: evaluationSchema,
    what: "evaluation record",
  });
  const isEvaluated = (one: SectionsRecord) =>
    evaluations.some(({ split, volume }) =>
      split === one.split && volume === one.volume
    );
  const onTheWay = allOf(sectionsFolder, {
    form: sectionsSchema,
    what: "record of sections",
  }).filter((one) => !isEvaluated(one)); // or it was cut between the two
  const galleries = allOf("gallery", {
    form: gallerySchema,
    what: "gallery of objects",
  });
  const log = records.log(run.id);
  const { tags, note, group } = records.collection.marksOf(run.id);
  const postprocess = stored.json("postprocess.json", {
    form: postprocessSchema,
    what: "record of post-processing",
  });
  const data: RunData = {
    run,
    marks: { tags, note, group },
    series: records.metricSeries(run.id),
    weightHashes: records.weightHashes(run.id).length,
    engine: stored.json("engine.json", {
      form: engineSchema,
      what: "record of an engine",
    }),
    evaluations: evaluations.map((record) => ({ record, pictures: [] })),
    ...onTheWay.length > 0 && {
      onTheWay: onTheWay.map((record) => ({ record, pictures: [] })),
    },
    log: log.slice(-logLines),
    logLines: log.length,
    network: stored.text("network.svg"),
    ...postprocess && { postprocess },
  };
  return { data, stored, galleries };
}
