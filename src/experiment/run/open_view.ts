import { join } from "node:path";
import {
  mapZyx,
  removeFolderIfThere,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { coveredBox, openPrediction } from "@/data/mod.ts";
import { readRecords } from "@/record/mod.ts";
import type { Layer } from "@/view/mod.ts";
import { planOf } from "../plan/mod.ts";
import type { RunContext } from "./context.ts";
import { type PredictRequest, predictRun } from "./predict.ts";
import { openSource } from "./volumes.ts";

/** What to show. */
export interface ViewRequest {
  /** The run, by anything that names one. */
  readonly run: string;
  /** A volume; the first that the run was validated on by default. */
  readonly volume?: Pick<PredictRequest, "source" | "where" | "region">;
  /** Prediction files; without any, the run predicts what is shown. */
  readonly predictions: readonly string[];
}

/** A volume and what is said of it, opened. */
export interface View extends Disposable {
  /** What the volume is called. */
  readonly name: string;
  /** Grey values, clefts if there are any, and each prediction. */
  readonly layers: readonly [Layer, ...Layer[]];
  /** The middle of what was predicted, in voxels of the first layer. */
  readonly middleVox: Zyx;
}

/**
 * Opens what a run saw, or another volume, with predictions of it. The run
 * predicts into a folder that goes with the view, if no prediction is given.
 *
 * @throws {ExperimentError} If something cannot be read, or a prediction lies
 * outside the volume.
 */
export async function openView(
  request: ViewRequest,
  context: RunContext,
): Promise<View> {
  using opened = new DisposableStack();
  const shown = request.volume ?? shownBy(request.run, context);
  const { where } = shown;
  const arranged = opened.use(
    await openSource(shown.source, { ...context, where }),
  );
  const volume = arranged.wayBack?.original ?? arranged;
  const given = request.predictions.map((path) => ({
    path,
    where: "--prediction",
  }));
  if (given.length === 0) {
    const folder = opened.adopt(Deno.makeTempDirSync(), removeFolderIfThere);
    const path = join(folder, "prediction.hdf");
    await predictRun({ run: request.run, outputPath: path, ...shown }, context);
    given.push({ path, where });
  }
  const predictions: Layer[] = [];
  let box = wholeBox(volume.shapeVox);
  for (const [i, { path, where }] of given.entries()) {
    const file = opened.use(await openPrediction(path, { where }));
    box = coveredBox(file, { truth: volume, where });
    const name = i === 0 ? "prediction" : `prediction ${i + 1}`;
    predictions.push({ ...file, name, kind: "probability" });
  }
  const kept = opened.move();
  return {
    name: volume.name,
    layers: [rawOf(volume), ...predictions, ...truthOf(volume)],
    middleVox: mapZyx((a) => box.startVox[a] + Math.floor(box.shapeVox[a] / 2)),
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** The first volume that a run chose its weights by, or else read. */
function shownBy(name: string, { resultsFolder }: RunContext) {
  using records = readRecords(resultsFolder);
  const { data } = planOf(records.run(name)).spec;
  const split = data.validation.length > 0 ? "validation" : "train";
  const { source, ...region } = data[split][0]!;
  return {
    source,
    where: `data.${split}[0]`,
    // Of what is arranged, there is no region; its block says the part.
    ...!("align" in source) && { region },
  };
}

function rawOf(volume: Volume): Layer {
  const { shapeVox, voxelNm, offsetNm } = volume;
  return {
    ...{ shapeVox, voxelNm, offsetNm, name: "raw", kind: "image" },
    read: (box) =>
      Uint8Array.from(volume.read(box).image, (grey) => Math.round(255 * grey)),
  };
}

function truthOf(volume: Volume): readonly Layer[] {
  if (!volume.hasLabels) return [];
  const { shapeVox, voxelNm, offsetNm } = volume;
  return [{
    ...{ shapeVox, voxelNm, offsetNm, name: "truth", kind: "clefts" },
    read: (box) => volume.read(box).target,
  }];
}
