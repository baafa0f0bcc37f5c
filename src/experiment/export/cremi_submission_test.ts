import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, type Run } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import type { ExportRequest } from "./_format.ts";
import { cremiSubmission } from "./cremi_submission.ts";

const volume = (file: string) => ({ file, ...smallPhantom(1) });

/** Records runs that hand in such files, without a training. */
function recorded(
  place: Workplace,
  ...files: readonly (readonly string[])[]
): readonly Run[] {
  using records = openRecords(place.context.resultsFolder);
  return files.map((names) => {
    const submission = { volumes: names.map(volume) };
    const plan = smallPlan(names.length > 0 ? { submission } : {});
    using recorder = records.startRun(newRun({
      ...{ experiment: "small", inputs: [] },
      plan: JSON.stringify(plan),
    }));
    recorder.finish("finished");
    return records.run(recorder.run.id);
  });
}

function requestOf(place: Workplace, runs: readonly Run[]): ExportRequest {
  return { runs, path: join(place.folder, "entry"), records: null as never };
}

const format = cremiSubmission.create({});

Deno.test("cremi-submission names the files of runs that hand some in, and refuses the rest", () => {
  using place = new Workplace();
  const runs = recorded(place, ["a.hdf", "b.hdf"], [], ["c.hdf"], ["b.hdf"]);
  const filesOf = (...which: readonly number[]) =>
    format.files!(requestOf(place, which.map((i) => runs[i]!)))
      .map((path) => path.slice(place.folder.length))
      .map((path) => path.replace(/-[0-9a-f]{12}/, "-…"));
  deepStrictEqual(filesOf(0, 1, 2), [
    "/entry/a.hdf",
    "/entry/predictions/a-….hdf",
    "/entry/b.hdf",
    "/entry/predictions/b-….hdf",
    "/entry/c.hdf",
    "/entry/predictions/c-….hdf",
  ]);
  throws(() => filesOf(1), /names none/);
  throws(() => filesOf(0, 3), /clefts of two runs to one file "b\.hdf"/);
  const named = cremiSubmission.create({ volumes: [volume("z.hdf")] as never });
  deepStrictEqual(named.files!(requestOf(place, [runs[1]!])).length, 2);
});

Deno.test("cremi-submission refuses a run without a threshold before it predicts", async () => {
  using place = new Workplace();
  const request = requestOf(place, recorded(place, ["a.hdf"]));
  await rejects(
    async () => await format.write(request, place.context),
    /nothing says from which probability on a voxel is cleft/,
  );
  throws(() => Deno.statSync(request.path), Deno.errors.NotFound);
});

Deno.test("cremi-submission writes nothing where no voxel is cleft, and keeps the prediction", async () => {
  using place = new Workplace();
  const submission = {
    volumes: [volume("a.hdf")],
    atEnd: false,
  };
  const run = await place.run(smallPlan({
    submission,
    train: { volumeTotal: 2 },
    postprocess: [{ type: "threshold", p: 1 }],
  }));
  const request = requestOf(place, [run]);
  const [clefts, prediction] = format.files!(request);
  await rejects(
    async () => await format.write(request, place.context),
    /no voxel is called cleft, from a probability of 1 on/,
  );
  throws(() => Deno.statSync(clefts!), Deno.errors.NotFound);
  const { mtime } = Deno.statSync(prediction!);
  await rejects(async () => await format.write(request, place.context));
  deepStrictEqual(Deno.statSync(prediction!).mtime, mtime);
});
