import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  canonicalJson,
  type Entry,
  ExperimentError,
  sha256Hex,
} from "@/core/mod.ts";
import { cleftsName, openHdf5, openPrediction } from "@/data/mod.ts";
import { calledAt } from "@/postprocess/mod.ts";
import { openRecords, type Run } from "@/record/mod.ts";
import type { RunContext } from "../run/context.ts";
import { postprocessFile } from "../run/postprocess_file.ts";
import { predictRun } from "../run/predict.ts";
import { stepsOf, thresholdAt } from "../run/record_calling.ts";
import { openSource } from "../run/volumes.ts";
import type { SubmissionVolumes } from "../spec/submission_schema.ts";

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
 * Predicts volumes by a run with its test-time averaging, brings each back to
 * where its file has it, calls clefts as validation chose, and writes them as
 * the challenge takes them. Memory holds a byte for each voxel of the largest. A
 * prediction that is there of the same run and data is taken; each file appears
 * whole or not at all.
 *
 * @returns What was written, a line each.
 * @throws {ExperimentError} If the run has no threshold, a volume cannot be read,
 * or no voxel of it is called cleft.
 */
export async function writeSubmission(
  { run, volumes, folder }: SubmissionRequest,
  context: RunContext,
): Promise<readonly string[]> {
  checkThreshold(run, context);
  const lines: string[] = [];
  for (const volume of volumes) {
    const paths = pathsOf(volume, { run, folder });
    const isThere = await isPredicted(paths.prediction, volume, context);
    if (isThere && await isOf(paths.clefts, paths.key)) {
      lines.push(`${paths.clefts}: there already`);
      continue;
    }
    if (!isThere) {
      context.print(`Predicting ${volume.file}`);
      await predictRun({
        run: run.id,
        source: volume.source,
        where: `the volume of ${volume.file}`,
        outputPath: paths.prediction,
      }, context);
    }
    const { objects, cleftVox } = await postprocessFile({
      path: paths.prediction,
      outputPath: paths.clefts,
      attributes: { prediction: paths.key },
      refusesNone: true,
    }, context);
    lines.push(`${paths.clefts}: ${objects} clefts of ${cleftVox} voxels`);
  }
  return lines;
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
  { source, file }: { readonly file: string; readonly source: Entry },
  context: RunContext,
): Promise<boolean> {
  if (!isFile(path)) return false;
  using volume = await openSource(source, {
    ...context,
    where: `the volume of ${file}`,
    withoutLabels: true,
  });
  using prediction = await openPrediction(path);
  const hashes = (inputs: readonly { readonly sha256: string }[] = []) =>
    inputs.map(({ sha256 }) => sha256).join();
  return hashes(prediction.madeBy?.inputs) === hashes(volume.inputs);
}

/** Whether clefts are there that were made of a prediction. */
async function isOf(path: string, key: string): Promise<boolean> {
  if (!isFile(path)) return false;
  using file = await openHdf5(path);
  return file.has(cleftsName) &&
    file.attributes(cleftsName)["prediction"]?.values[0] === key;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Fails, before anything is predicted, where nothing says what is cleft. */
function checkThreshold(
  { id }: Run,
  { resultsFolder }: Pick<RunContext, "resultsFolder">,
): void {
  using records = openRecords(resultsFolder, { readOnly: true });
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
