import {
  channelsOf,
  checkRoom,
  type Entry,
  ExperimentError,
  sizeOf,
} from "@/core/mod.ts";
import {
  cropVolume,
  type PredictionOrigin,
  regionBox,
  type RegionSpec,
} from "@/data/mod.ts";
import type { Engine, EngineFacts, EngineRequest } from "@/engine/mod.ts";
import {
  exporterFor,
  type Forward,
  numbersOnly,
  tileCount,
} from "@/infer/mod.ts";
import { readRecords } from "@/record/mod.ts";
import { type Snapshot, TrainState } from "@/train/mod.ts";
import { planOf, tileBytes } from "../plan/mod.ts";
import { bringBack } from "./bring_back.ts";
import { checkpointWith, readCheckpoint } from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import { engineFor } from "./engine.ts";
import { openForward } from "./forward.ts";
import {
  bytesPerThread,
  ForwardThreads,
  threadsFor,
} from "./forward_threads.ts";
import { headNamed } from "./head_named.ts";
import { predictionOrigin } from "./prediction_origin.ts";
import { RecordedPrograms } from "./programs.ts";
import { buildTraining, type Training } from "./training.ts";
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

/** Tiles that one engine is given at a time: more where a device computes. */
export function tilesAtOnce(
  { gpu }: Pick<EngineFacts, "gpu">,
  asked?: number,
): number {
  return asked ?? (gpu === null ? 1 : 4);
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
  const run = records.run(request.run);
  const { spec, inferPatchVox, volumes } = planOf(run);
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
  const { wayBack } = whole;
  if (wayBack && request.region) throw noRegion(request.where);
  const box = regionBox(request.region ?? {}, {
    grid: whole,
    where: "--region",
  });
  using volume = cropVolume(whole, box);
  const grid = wayBack ? cropVolume(wayBack.original, wayBack.block) : volume;
  const bytes = Float32Array.BYTES_PER_ELEMENT * channelsOf(quantity);
  checkRoom( // what is finished is kept beside it until all is
    output,
    bytes * (sizeOf(volume.shapeVox) + sizeOf(grid.shapeVox)),
  );
  const trained = volumes.filter(({ split }) => split === "train");
  const unlike = unlikeVoxels(whole, trained);
  const notes = [
    ...whole.notes ?? [],
    ...unlike ? [`${whole.name}: ${unlike}`] : [],
  ];
  for (const note of notes) context.print(note);
  const { engine: named = spec.train.engine } = request;
  const perCall = request.batch ?? 1, bytesPerTile = tileBytes(planOf(run));
  const threads = threadsFor({
    tiles: tileCount(volume.shapeVox, {
      patchVox: inferPatchVox,
      overlap: spec.infer.overlap,
    }),
    threads: spec.train.threads,
    tileBytes: perCall * bytesPerTile,
  });
  const each = threads > 1 ? 1 : spec.train.threads;
  const asked = {
    ...spec,
    train: { ...spec.train, engine: named, threads: each },
  };
  using engine = await engineFor(asked, context, {
    store: new RecordedPrograms(context.resultsFolder, {
      first: run.id,
      print: context.print,
    }),
  });
  const isShared = threads > 1 && !engine.runsAhead;
  const { weights, buffers } = snapshot.mean ?? snapshot;
  await using network = isShared
    ? new ForwardThreads({
      ...{ spec, head, weights, buffers },
      engine: {
        engine: engine.facts.engine,
        precision: engine.facts.precision,
        eager: spec.train.eager,
      },
    }, threads)
    : networkOn(engine, { training, snapshot, head });
  const plan = {
    ...spec.infer,
    patchVox: inferPatchVox,
    quantity,
    tta: request.tta ?? spec.infer.tta,
    batch: isShared
      ? threads * perCall
      : tilesAtOnce(engine.facts, request.batch),
  };
  const madeBy = predictionOrigin(records, {
    ...{ run, spec, checkpoint, engine, volume: whole, notes },
    ...{ step: snapshot.step, tta: plan.tta.type },
    head: head > 0 ? request.head! : null,
  });
  const { shapeVox, voxelNm, offsetNm } = grid;
  await predictWhole({
    ...{ volume, plan, joinBytes: request.joinBytes },
    forward: numbersOnly(network.forward, `run ${run.id}`),
    outputPath: request.outputPath,
    madeFrom: {
      ...{ madeBy, source: request.source, box, shapeVox, head },
      threads: engine.facts.threads,
    },
    networkBytes: plan.batch * bytesPerTile +
      (isShared ? threads * bytesPerThread : 0),
    write: (slabs) =>
      exporter.write(request.outputPath, {
        head: { shapeVox, voxelNm, offsetNm, quantity, madeBy },
        slabs: wayBack ? bringBack(slabs, { ...wayBack, quantity }) : slabs,
      }),
  }, context);
  return madeBy;
}

/** A network that the engine of this thread applies. */
function networkOn(
  engine: Engine,
  { training, snapshot, head }: {
    readonly training: Training;
    readonly snapshot: Snapshot;
    readonly head: number;
  },
): Disposable & { readonly forward: Forward } {
  const state = TrainState.from(snapshot, training.optimizer.slotNames);
  return {
    forward: openForward(engine, { ...training, head })(state.predicting),
    [Symbol.dispose]: () => state[Symbol.dispose](),
  };
}

function noRegion(where: string): ExperimentError {
  return new ExperimentError(
    "Cannot predict a region of a volume whose sections are moved, or that " +
      "has context",
    { where, fix: "Name the part by blockVox in the source, not by --region" },
  );
}
