import {
  type Box,
  channelsOf,
  checkRoom,
  type Entry,
  ExperimentError,
  type Grid,
  sizeOf,
  type Volume,
} from "@/core/mod.ts";
import {
  cropVolume,
  type PredictionOrigin,
  regionBox,
  type RegionSpec,
} from "@/data/mod.ts";
import type { EngineRequest } from "@/engine/mod.ts";
import { exporterFor } from "@/infer/mod.ts";
import { readRecords } from "@/record/mod.ts";
import { type Plan, planOf } from "../plan/mod.ts";
import { bringBack } from "./bring_back.ts";
import { checkpointWith, readCheckpoint } from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import { headNamed } from "./head_named.ts";
import { predictionOrigin } from "./prediction_origin.ts";
import { openPredictor } from "./predictor.ts";
import { buildTraining } from "./training.ts";
import { unlikeVoxels } from "./unlike_voxels.ts";
import { openSource } from "./volumes.ts";
import { predictWhole } from "./whole_volume.ts";

/** What to predict and where to write it. */
export interface PredictRequest {
  /** The run, by anything that names one. */
  readonly run: string;
  /** The volume, an entry of the source catalog. */
  readonly source: Entry;
  /** What names it, for errors: `--volume x.hdf`. */
  readonly where: string;
  /** The file to write; its ending says in which form. */
  readonly outputPath: string;
  /** The part of the volume; all of it by default. */
  readonly region?: RegionSpec;
  /** The head that says it, by name; the one for clefts by default. */
  readonly head?: string;
  /** Test-time augmentation in place of the run's. */
  readonly tta?: Entry;
  /** What computes, in place of what the run's experiment says. */
  readonly engine?: EngineRequest["engine"];
  /** Tiles that each thread or device is given at a time; what suits it by default. */
  readonly batch?: number;
  /** Bytes that tiles may be joined in; volumes too large for it go in columns. */
  readonly joinBytes?: number;
  /** Which weights; those that validated best by default, the last if none did. */
  readonly weights?: "best" | "last";
}

/**
 * Applies a run's network to a volume, tile by tile, and writes the cleft
 * probability with what it was made by. A prediction that was cut goes on where
 * it was, and ends up the same.
 *
 * @throws {ExperimentError} If the run has no checkpoint, the volume cannot be
 * read, no exporter writes such a file, or the network says what is no
 * probability.
 */
export async function predictRun(
  request: PredictRequest,
  context: RunContext,
): Promise<PredictionOrigin> {
  const output = { path: request.outputPath, where: "--output" };
  const exporter = exporterFor(output);
  using records = readRecords(context.resultsFolder);
  const run = records.run(request.run), plan = planOf(run), { spec } = plan;
  const training = buildTraining(spec);
  const head = headNamed(spec.heads, request.head);
  const { quantity = "scalar" } = training.targets[head]!;
  const checkpoint = checkpointWith(records, run, {
    weights: request.weights ?? "best",
    doing: "predict",
    where: `run ${run.id}`,
  });
  const names = [checkpoint.name];
  const snapshot = readCheckpoint(records, run.id, { training, names })!;
  using whole = await openSource(request.source, {
    ...context,
    where: request.where,
    withoutLabels: true, // a network needs none
  });
  const { volume, box, grid } = predictedPart(whole, request);
  const bytes = Float32Array.BYTES_PER_ELEMENT * channelsOf(quantity);
  checkRoom( // what is finished is kept beside it until all is
    output,
    bytes * (sizeOf(volume.shapeVox) + sizeOf(grid.shapeVox)),
  );
  const notes = notesOn(whole, plan);
  for (const note of notes) context.print(note);
  await using predictor = await openPredictor(
    { run, plan, training, snapshot, head },
    {
      ...{ shapeVox: volume.shapeVox, context },
      ...{ engine: request.engine, batch: request.batch },
    },
  );
  const { engine, forward, batch, bytes: networkBytes } = predictor;
  const tta = request.tta ?? spec.infer.tta;
  const madeBy = predictionOrigin(records, {
    ...{ run, spec, checkpoint, engine, volume: whole, notes },
    ...{ step: snapshot.step, tta: tta.type },
    head: head > 0 ? request.head! : null,
  });
  const { shapeVox, voxelNm, offsetNm } = grid, { wayBack } = whole;
  await predictWhole({
    ...{ volume, forward, networkBytes, joinBytes: request.joinBytes },
    plan: {
      ...spec.infer,
      ...{ patchVox: plan.inferPatchVox, quantity, tta, batch },
    },
    outputPath: request.outputPath,
    madeFrom: {
      ...{ madeBy, source: request.source, box, shapeVox, head },
      threads: engine.facts.threads,
    },
    write: (slabs) =>
      exporter.write(request.outputPath, {
        head: { shapeVox, voxelNm, offsetNm, quantity, madeBy },
        slabs: wayBack ? bringBack(slabs, { ...wayBack, quantity }) : slabs,
      }),
  }, context);
  return madeBy;
}

/** The part of a volume that is predicted, and the grid of what is written of it. */
function predictedPart(
  whole: Volume,
  { region, where }: Pick<PredictRequest, "region" | "where">,
): { readonly volume: Volume; readonly box: Box; readonly grid: Grid } {
  const { wayBack } = whole;
  if (wayBack && region) throw noRegion(where);
  const box = regionBox(region ?? {}, { grid: whole, where: "--region" });
  const volume = cropVolume(whole, box);
  const grid = wayBack ? cropVolume(wayBack.original, wayBack.block) : volume;
  return { volume, box, grid };
}

/** What is to be known of a volume that a network is applied to. */
function notesOn(
  whole: Volume,
  { volumes }: Pick<Plan, "volumes">,
): readonly string[] {
  const trained = volumes.filter(({ split }) => split === "train");
  const unlike = unlikeVoxels(whole, trained);
  return [
    ...whole.notes ?? [],
    ...unlike ? [`${whole.name}: ${unlike}`] : [],
  ];
}

function noRegion(where: string): ExperimentError {
  return new ExperimentError(
    "Cannot predict a region of a volume whose sections are moved, or that " +
      "has context",
    { where, fix: "Name the part by blockVox in the source, not by --region" },
  );
}
