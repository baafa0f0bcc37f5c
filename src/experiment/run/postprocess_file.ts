import { type Entry, ExperimentError } from "@/core/mod.ts";
import {
  checkOfClefts,
  type OpenPrediction,
  openPrediction,
  writeClefts,
} from "@/data/mod.ts";
import {
  calledAt,
  labelledObjects,
  orderFault,
  postprocess,
  type Sections,
  settledSteps,
  steps,
  sweptOptions,
} from "@/postprocess/mod.ts";
import { readRecords } from "@/record/mod.ts";
import { readInline } from "../spec/read_inline.ts";
import { knownSteps, stepsOf, thresholdAt } from "./record_calling.ts";

/** Sections that are read at once; chunks of files have as many, or half. */
const sectionsAtOnce = 8;

/** What to post-process, how, and where to write it. */
export interface PostprocessRequest {
  /** The prediction file. */
  readonly path: string;
  /** Which of its datasets is the prediction. */
  readonly dataset?: string | undefined;
  /** The file to write. */
  readonly outputPath: string;
  /** The run whose steps are taken; those that the file names by default. */
  readonly run?: string;
  /** Steps in their place, as YAML, one each. */
  readonly steps?: readonly string[];
  /** Whether nothing is written where no voxel is cleft. */
  readonly refusesNone?: boolean;
  /** Further attributes of the clefts. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What was made of a prediction. */
export interface PostprocessedFile {
  /** The steps, the threshold among them. */
  readonly steps: readonly Entry[];
  /** Clefts that were found. */
  readonly objects: number;
  /** Voxels called cleft. */
  readonly cleftVox: number;
}

/**
 * Says what is cleft in a prediction file and writes it as numbered clefts. Memory
 * holds a byte for each voxel and some sections.
 *
 * @throws {ExperimentError} If nothing says how, a file cannot be read or
 * written, or there is no cleft where some are asked for.
 */
export async function postprocessFile(
  request: PostprocessRequest,
  { resultsFolder }: { readonly resultsFolder: string },
): Promise<PostprocessedFile> {
  using prediction = await openPrediction(request.path, request);
  checkOfClefts(prediction.madeBy, request.path);
  const entries = entriesFor(prediction, request, resultsFolder);
  const { shapeVox, voxelNm, offsetNm } = prediction;
  const called = postprocess(sectionsOf(prediction), entries);
  const { count, sections } = labelledObjects(called);
  if (count === 0 && request.refusesNone) throw noCleft(request, entries);
  await writeClefts(request.outputPath, {
    grid: { shapeVox, voxelNm, offsetNm },
    sections: sections(),
    attributes: {
      postprocess: JSON.stringify(entries),
      ...prediction.madeBy && { run: prediction.madeBy.run },
      ...prediction.madeBy?.notes && {
        notes: JSON.stringify(prediction.madeBy.notes),
      },
      ...request.attributes,
    },
  });
  const cleftVox = called.cleft.reduce((sum, value) => sum + value, 0);
  return { steps: entries, objects: count, cleftVox };
}

function noCleft(
  { path, outputPath }: PostprocessRequest,
  entries: readonly Entry[],
): ExperimentError {
  return new ExperimentError(
    `Cannot write "${outputPath}": no voxel is called cleft, from a ` +
      `probability of ${calledAt(entries)} on` +
      (entries.length > 1 ? " and by the steps after" : ""),
    {
      where: path,
      fix:
        "See what the network says there; write clefts by other steps with " +
        "deno task postprocess",
    },
  );
}

/** The steps that are asked for, the threshold among them. */
function entriesFor(
  { madeBy }: OpenPrediction,
  { path, run, steps: texts = [] }: PostprocessRequest,
  resultsFolder: string,
): readonly Entry[] {
  const from = run === undefined
    ? {
      steps: knownSteps(madeBy?.postprocess ?? [], path),
      threshold: madeBy?.threshold ?? null,
    }
    : ofRun(run, resultsFolder);
  const listed = texts.length > 0 ? readSteps(texts) : from.steps;
  const entries = settledSteps(listed, from.threshold ?? undefined);
  if (calledAt(entries) !== undefined) return entries;
  throw new ExperimentError(
    `Cannot post-process "${path}": nothing says from which probability on a ` +
      "voxel is cleft",
    {
      where: run === undefined ? path : `--run ${run}`,
      fix: "Name a run that chose it by --run, or say it by --step " +
        "'{ type: threshold, p: 0.5 }'",
    },
  );
}

/** The steps of a run, and the threshold that it chose. */
function ofRun(name: string, resultsFolder: string) {
  using records = readRecords(resultsFolder);
  const { id: run } = records.run(name);
  const threshold = thresholdAt(records, { run });
  return { steps: stepsOf(records, { run, threshold }), threshold };
}

/**
 * Steps as a command line gives them, as YAML, one each.
 *
 * @throws {ExperimentError} If they are no steps, out of order, or a sweep.
 */
export function readSteps(texts: readonly string[]): readonly Entry[] {
  const entries = texts.map((text) =>
    readInline(text, { schema: steps.schema, option: "--step" })
  );
  const [swept] = sweptOptions(entries);
  if (swept) {
    throw new ExperimentError(
      `Cannot sweep ${swept.option}: there is no truth here to choose by`,
      { where: `--step ${texts[swept.at]}`, fix: "Write a single value" },
    );
  }
  const fault = orderFault(entries);
  if (fault) {
    const { at, message, fix } = fault;
    throw new ExperimentError(
      `Cannot take the step "${entries[at]!.type}" there: ${message}`,
      { where: `--step ${texts[at]}`, fix },
    );
  }
  return entries;
}

/** The sections of a file, read a chunk at a time. */
export function sectionsOf({ shapeVox, read }: OpenPrediction): Sections {
  const area = shapeVox[1] * shapeVox[2];
  let first: number | null = null, slab: Float32Array = new Float32Array();
  return {
    shapeVox,
    section(z) {
      const start = z - z % sectionsAtOnce;
      if (start !== first) {
        const sections = Math.min(sectionsAtOnce, shapeVox[0] - start);
        slab = read({
          startVox: [start, 0, 0],
          shapeVox: [sections, shapeVox[1], shapeVox[2]],
        });
        first = start;
      }
      return slab.subarray((z - start) * area, (z - start + 1) * area);
    },
  };
}
