import { join } from "node:path";
import { flag } from "@/core/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import {
  type NamedNumber,
  pictureEvent,
  picturesOf,
  scalarsEvent,
  versionEvent,
} from "../tensorboard/mod.ts";
import { defineExportFormat, type ExportRequest } from "./_format.ts";
import { writePieces } from "./_write_pieces.ts";

/**
 * An event file for each run, in a folder of its name. TensorBoard keeps 32 bits
 * of a number; records have no times of steps, so that these are spread evenly
 * from the beginning of the run to its end.
 */
export const tensorboard = defineExportFormat({
  name: "tensorboard",
  summary: "Event files for TensorBoard: curves and pictures",
  options: {
    pictures: flag(true, "whether to write the pictures of evaluations too"),
  },
  create: (options) => ({
    takes: "any",
    endings: [],
    files: (request) => request.runs.map((run) => fileOf(run, request)),
    write(request) {
      const { runs, records, path } = request;
      for (const run of runs) {
        writePieces(fileOf(run, request), eventsOf(records, run, options));
      }
      return Promise.resolve([
        `${path}: look at it by tensorboard --logdir ${path}`,
      ]);
    },
  }),
});

function fileOf({ id, startedAt }: Run, { path }: ExportRequest): string {
  const seconds = Math.floor(Date.parse(startedAt) / 1000);
  return join(path, id, `events.out.tfevents.${seconds}.cleft`);
}

function* eventsOf(
  records: Records,
  run: Run,
  { pictures }: { readonly pictures: boolean },
): Iterable<Uint8Array> {
  const bySteps = new Map<number, NamedNumber[]>();
  for (const { split, name, steps, values } of records.metricSeries(run.id)) {
    const tag = `${split}/${name}`;
    steps.forEach((step, i) => {
      const scalars = bySteps.get(step) ?? [];
      scalars.push({ tag, value: values[i]! });
      bySteps.set(step, scalars);
    });
  }
  const steps = [...bySteps.keys()].toSorted((a, b) => a - b);
  const lastStep = Math.max(0, ...steps);
  const startS = Date.parse(run.startedAt) / 1000;
  const endS = Date.parse(run.finishedAt ?? run.startedAt) / 1000;
  const timeOf = (step: number) => ({
    step,
    wallS: startS + (endS - startS) * (lastStep && step / lastStep),
  });
  yield versionEvent(startS);
  for (const step of steps) {
    yield scalarsEvent(bySteps.get(step)!, timeOf(step));
  }
  if (!pictures) return;
  for (
    const { step, ...picture } of picturesOf(records, { id: run.id, lastStep })
  ) yield pictureEvent(picture, timeOf(step));
}
