import { join } from "node:path";
import {
  canonicalJson,
  type Entry,
  ExperimentError,
  sha256Hex,
  statIfThere,
} from "@/core/mod.ts";
import { cleftsName, openHdf5, openPrediction } from "@/data/mod.ts";
import { calledAt } from "@/postprocess/mod.ts";
import { readRecords, type Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import { postprocessFile } from "../run/postprocess_file.ts";
import { predictRun } from "../run/predict.ts";
import { stepsOf, thresholdAt } from "../run/record_calling.ts";
import type { SubmissionVolumes } from "../spec/submission_schema.ts";
import { hashesOf, type SeenVolume, seeVolumes } from "./check.ts";

/** What to hand in of a run. */
export interface SubmissionRequest {
  /** The run. */
  readonly run: Run;
  /** What it predicts. */
  readonly volumes: SubmissionVolumes;
  /** Where the files go. */
  readonly folder: string;
}

/** The files that a submission consists of: clefts, and predictions below them. */
export function submissionFiles(
  { run, volumes, folder }: SubmissionRequest,
): readonly string[] {
  return volumes.flatMap((volume) => {
    const { clefts, prediction } = pathsOf(volume, { run, folder });
    return [clefts, prediction];
  });
}

/**
 * Predicts volumes by runs with their test-time averaging, brings each back to
 * where its file has it, calls clefts as validation chose, and writes them as
 * the challenge takes them. Memory holds a byte for each voxel of the largest. A
 * prediction that is there of the same run and data is taken; each file appears
 * whole or not at all.
 *
 * @returns What was written, a line each.
 * @throws {ExperimentError} Before anything is predicted, if a run has no
 * threshold or a volume cannot be read; if no voxel of one is called cleft.
 */
export async function writeSubmissions(
  requests: readonly SubmissionRequest[],
  context: RunContext,
): Promise<readonly string[]> {
  const todo: { request: SubmissionRequest; seen: readonly SeenVolume[] }[] =
    [];
  for (const request of requests) {
    checkThreshold(request.run, context);
    const seen = await seeVolumes(request.volumes, context);
    todo.push({ request, seen });
  }
  const lines: string[] = [];
  for (const { request: { run, volumes, folder }, seen } of todo) {
    for (const [i, volume] of volumes.entries()) {
      const line = await writeOne({ run, folder, ...volume }, {
        ...context,
        seen: seen[i]!,
        where: `submission.volumes[${i}]`,
      });
      lines.push(line);
    }
  }
  return lines;
}

async function writeOne(
  volume: SubmissionVolumes[number] & Omit<SubmissionRequest, "volumes">,
  { seen, where, ...context }: RunContext & {
    readonly seen: SeenVolume;
    readonly where: string;
  },
): Promise<string> {
  const { key, clefts, prediction } = pathsOf(volume, volume);
  const isThere = await isPredicted(prediction, seen);
  if (isThere && await isMadeOf(key, clefts)) return `${clefts}: there already`;
  if (!isThere) {
    context.print(`Predicting ${volume.file}`);
    await predictRun({
      ...{ run: volume.run.id, source: volume.source, where },
      outputPath: prediction,
    }, context);
  }
  const { objects, cleftVox } = await postprocessFile({
    ...{ path: prediction, outputPath: clefts },
    attributes: { prediction: key },
    refusesNone: true,
  }, context);
  return `${clefts}: ${objects} clefts of ${cleftVox} voxels`;
}

/** Where a volume's files go, and what tells its prediction from all others. */
function pathsOf(
  { file, source }: { readonly file: string; readonly source: Entry },
  { run, folder }: { readonly run: Run; readonly folder: string },
) {
  const key = sha256Hex(canonicalJson([run.id, source])).slice(0, 12);
  const name = file.replace(/\.\w+$/, "");
  return {
    key,
    clefts: join(folder, file),
    prediction: join(folder, "predictions", `${name}-${key}.hdf`),
  };
}

/** Whether a prediction is there, of the files as they are now. */
async function isPredicted(
  path: string,
  { files }: SeenVolume,
): Promise<boolean> {
  if (!statIfThere(path)?.isFile) return false;
  using prediction = await openPrediction(path);
  return hashesOf(prediction.madeBy?.inputs ?? []) === files;
}

/** Whether clefts are there that were made of a prediction. */
async function isMadeOf(prediction: string, path: string): Promise<boolean> {
  if (!statIfThere(path)?.isFile) return false;
  using file = await openHdf5(path);
  return file.has(cleftsName) &&
    file.attributes(cleftsName)["prediction"]?.values[0] === prediction;
}

/** Fails, before anything is predicted, where nothing says what is cleft. */
function checkThreshold(
  { id }: Run,
  { resultsFolder }: Pick<RunContext, "resultsFolder">,
): void {
  using records = readRecords(resultsFolder);
  const threshold = thresholdAt(records, { run: id });
  const steps = stepsOf(records, { run: id, threshold });
  if (threshold !== null || calledAt(steps) !== undefined) return;
  throw new ExperimentError(
    `Cannot hand in clefts of ${id}: nothing says from which probability on a ` +
      "voxel is cleft",
    {
      where: `run ${id}`,
      fix: "Name a run that was validated on a volume with clefts",
    },
  );
}
