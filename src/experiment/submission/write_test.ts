import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { cleftsName, sources, writeHdf5 } from "@/data/mod.ts";
import type { Run } from "@/record/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import { submitAtEnd } from "./at_end.ts";
import { submissionFiles, writeSubmissions } from "./write.ts";

const { source } = smallPhantom(14);
const volumes = [{ file: "a.hdf", source: sources.schema.parse(source) }];

Deno.test("writeSubmissions() predicts, calls and writes clefts, and takes what is there", async () => {
  using place = new Workplace();
  const run = await place.run();
  const folder = join(place.folder, "out");
  const files = submissionFiles({ run, volumes, folder });
  const [clefts, prediction] = files as [string, string];
  deepStrictEqual([files.length, clefts], [2, join(folder, "a.hdf")]);
  match(prediction, /predictions.a-[0-9a-f]{12}\.hdf$/);
  const others = [{
    ...volumes[0]!,
    source: { ...volumes[0]!.source, seed: 1 },
  }];
  ok(submissionFiles({ run, volumes: others, folder })[1] !== prediction);

  place.said();
  const write = () =>
    writeSubmissions([{ run, volumes, folder }], place.context);
  const [line] = await write();
  ok(place.said().includes("Predicting a.hdf"));
  ok(Deno.statSync(prediction).isFile);
  match(line!, /a\.hdf: \d+ clefts of \d+ voxels$/);
  deepStrictEqual(await write(), [`${clefts}: there already`]);
  for (const other of [null, "other", cleftsName]) {
    Deno.removeSync(clefts);
    if (other) {
      const extent = { shapeVox: [1, 1, 1], resolutionNm: [1, 1, 1] } as const;
      const data = new Uint8Array(1);
      await writeHdf5(clefts, { [other]: { ...extent, data } });
    }
    deepStrictEqual(await write(), [line]);
    deepStrictEqual(place.said(), []); // it was predicted before
  }
});

Deno.test("writeSubmissions() refuses a run that has chosen no threshold, before it predicts", async () => {
  using place = new Workplace();
  const run = await place.run(smallPlan({ data: { validation: [] } }));
  const folder = join(place.folder, "out");
  await rejects(writeSubmissions([{ run, volumes, folder }], place.context), {
    message: /nothing says from which probability on a voxel is cleft$/,
    where: `run ${run.id}`,
  });
  await rejects(Deno.stat(folder), Deno.errors.NotFound);
});

Deno.test("submitAtEnd() hands in what a run has to, of one that has finished and repeats none", async () => {
  using place = new Workplace();
  const run = await place.run(smallPlan({ data: { validation: [] } }));
  const spec = { name: "small", submission: { volumes, atEnd: true } };
  const submit = (changes: Partial<Run>, submission = spec.submission) =>
    submitAtEnd(
      { run: { ...run, ...changes }, spec: { ...spec, submission } },
      place.context,
    );
  await rejects(submit({}), /nothing says from which probability/);
  await submit({ state: "interrupted" });
  await submit({ rerunOf: "other" });
  await submit({}, { volumes, atEnd: false });
  await submitAtEnd(
    { run, spec: { name: "small", submission: undefined } },
    place.context,
  );
});
