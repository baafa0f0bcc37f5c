import { resolve } from "node:path";
import { checkRoom, type Entry, ExperimentError, sizeOf } from "@/core/mod.ts";
import { cropVolume, regionBox, type RegionSpec, sources } from "@/data/mod.ts";
import { exporters, predictSlabs } from "@/infer/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { TrainState } from "@/train/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import { RecordedPrograms } from "./programs.ts";
import { specOf } from "./run.ts";
import { buildMachine, engineFor, openForward, patchOf } from "./session.ts";
import type { RunContext } from "./types.ts";
import { openSource } from "./volumes.ts";

/** What to predict and where to write it. */
export interface PredictRequest {
  /** An HDF5 file in CREMI layout. */
  readonly volumePath: string;
  /** The file to write. */
  readonly outputPath: string;
  /** The part of the volume; all of it by default. */
  readonly region?: RegionSpec;
  /** Test-time augmentation in place of the run's. */
  readonly tta?: Entry;
  /** Which weights. */
  readonly weights?: "best" | "last";
}

/**
 * Applies a run's network to a volume, tile by tile, and writes the cleft
 * probability as it is finished.
 *
 * @throws {ExperimentError} If the run has no checkpoint or the volume cannot be read.
 */
export async function predictRun(
  id: string,
  request: PredictRequest,
  context: RunContext,
): Promise<void> {
  using records = openRecords(context.resultsFolder, { readOnly: true });
  const run = records.run(id);
  const spec = specOf(run);
  const machine = buildMachine(spec);
  const names = request.weights === "last"
    ? [lastCheckpoint]
    : [bestCheckpoint, lastCheckpoint];
  const snapshot = readCheckpoint(records, run.id, machine, names);
  if (!snapshot) {
    throw new ExperimentError(
      `Cannot predict with run ${run.id}: it has no checkpoint`,
      {
        where: `run ${run.id}`,
        fix: `Let it go on first: deno task resume ${run.id}`,
      },
    );
  }
  const source = sources.schema.parse({
    type: "cremi",
    file: resolve(request.volumePath),
  });
  using whole = await openSource(source, {
    ...context,
    where: request.volumePath,
  });
  const box = regionBox(request.region ?? {}, whole, "--region");
  using volume = cropVolume(whole, box);
  const output = { path: request.outputPath, where: "--output" };
  checkRoom(output, Float32Array.BYTES_PER_ELEMENT * sizeOf(volume.shapeVox));
  using engine = await engineFor(spec, context, {
    store: new RecordedPrograms(context.resultsFolder, {
      first: run.id,
      print: context.print,
    }),
  });
  using state = TrainState.from(snapshot, machine.optimizer.slotNames);
  const forward = openForward(engine, machine)(state.predicting);
  const plan = {
    ...spec.infer,
    patchVox: spec.infer.patchVox ?? patchOf(spec),
    tta: request.tta ?? spec.infer.tta,
  };
  const slabs = predictSlabs(volume, forward, plan, {
    signal: context.signal,
    onProgress: progressLine(context),
  });
  const exporter = exporters.create(
    exporters.schema.parse({ type: "hdf5" }),
  );
  await exporter.write(request.outputPath, volume, slabs);
  context.print(`Prediction: ${request.outputPath}`);
}

function progressLine(context: RunContext) {
  let shown = 0;
  return (done: number, total: number) => {
    const tenths = Math.floor(10 * done / total);
    if (tenths === shown) return;
    shown = tenths;
    context.print(`${done} of ${total} tiles`);
  };
}
