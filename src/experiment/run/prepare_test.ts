import { deepStrictEqual, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, RunError } from "@/core/mod.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { openRecords, type Run } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import { beforeRun, mayUseDevice, prepare } from "./prepare.ts";
import { repeatRun } from "./repeat.ts";

/** Writes a volume of 4 × 16 × 16 voxels in which so many are cleft. */
async function writeVolume(path: string, cleftVox: number): Promise<void> {
  const place = {
    shapeVox: [4, 16, 16],
    resolutionNm: [50, 20, 20],
    offsetNm: [0, 0, 0],
  } as const;
  await writeHdf5(path, {
    "volumes/raw": { ...place, data: new Uint8Array(1024).fill(90) },
    "volumes/labels/clefts": {
      ...place,
      data: new BigUint64Array(1024).fill(2n ** 64n - 1n).fill(1n, 0, cleftVox),
    },
  });
}

Deno.test("prepare() says what is doubtful, and what begins the log", async () => {
  using place = new Workplace();
  await writeVolume(join(place.folder, "much.hdf"), 900);
  const much = { source: { type: "cremi", file: "much.hdf" } };
  const data = {
    train: [much],
    test: [smallPhantom(6)],
    allowOverlap: true,
  };
  const plan = smallPlan({ data });
  const { id } = await place.run(plan);
  const doubts = place.said().slice(0, 2);
  ok(
    doubts.some((line) =>
      line.startsWith("data.validation[0] and data.test[0] share the voxels")
    ),
  );
  ok(doubts.some((line) => line.startsWith('data.train[0] "much')));
  deepStrictEqual(
    place.log(id).slice(0, 2),
    doubts.map((line) => `warning: ${line}`),
  );
});

Deno.test("prepare() refuses data that is not what a run to repeat has read", async () => {
  using place = new Workplace();
  const path = join(place.folder, "a.hdf");
  await writeVolume(path, 100);
  const source = { type: "cremi", file: "a.hdf" };
  const { id, inputs } = await place.run(
    smallPlan({ data: { train: [{ source }] }, train: { volumeTotal: 2 } }),
  );
  deepStrictEqual(inputs.map(({ role, path }) => [role, path]), [
    ["train[0]", path],
  ]);
  await writeVolume(path, 101);
  await rejects(repeatRun({ id }, place.context), (error) => {
    ok(error instanceof ExperimentError);
    deepStrictEqual(
      error.message,
      `Cannot repeat run ${id}: the data of train[0] has changed`,
    );
    return true;
  });
  using records = place.records();
  deepStrictEqual(records.runs().length, 1);
});

Deno.test("prepare() looks for programs among those of the run to repeat first", async () => {
  using place = new Workplace();
  const { resultsFolder } = place.context;
  const plan = smallPlan();
  const record = (text: string) => {
    using records = openRecords(resultsFolder);
    using recorder = records.startRun(newRun({
      ...{ plan: JSON.stringify(plan), planHash: plan.hash, inputs: [] },
    }));
    const bytes = new TextEncoder().encode(text);
    recorder.artifact("program/key", "application/octet-stream", bytes);
    return recorder.run;
  };
  record("first");
  const like = record("second");
  const found = async (like?: Run) => {
    using prepared = await prepare(
      { plan, ...like && { like } },
      place.context,
    );
    return new TextDecoder().decode(prepared.programs.find("key")!);
  };
  deepStrictEqual(await found(like), "second");
  deepStrictEqual(await found(), "first");
});

Deno.test("prepare() stops between two things to read", async () => {
  using place = new Workplace();
  const signal = AbortSignal.abort(new Error("enough"));
  await rejects(
    prepare({ plan: smallPlan() }, { ...place.context, signal }),
    /enough/,
  );
});

Deno.test("beforeRun() makes a run's failure one before it", () => {
  const failing = (error: Error) => () => {
    throw error;
  };
  const where = { where: "here", fix: "mend it" };
  throws(
    () => beforeRun(failing(new RunError("Cannot write", where))),
    (error) => {
      ok(error instanceof ExperimentError && !(error instanceof RunError));
      deepStrictEqual([error.message, error.where, error.fix], [
        "Cannot write",
        "here",
        "mend it",
      ]);
      return true;
    },
  );
  const other = new TypeError("mine");
  throws(() => beforeRun(failing(other)), (error) => error === other);
  deepStrictEqual(beforeRun(() => 3), 3);
});

Deno.test("prepare() judges data for a new run, and takes them as they were for one to repeat", async () => {
  using place = new Workplace();
  const missing = { type: "cremi", file: "none.hdf" };
  const plan = smallPlan({
    data: { test: [smallPhantom(6)] }, // and of validation
    submission: { volumes: [{ file: "a.hdf", source: missing }] },
  });
  await rejects(prepare({ plan }, place.context), /none\.hdf/);
  const { submission: _, ...spec } = plan.spec;
  await rejects(
    prepare({ plan: { ...plan, spec } as typeof plan }, place.context),
    /share the voxels/,
  );
  const { environment } = newRun();
  const like = { ...newRun({ inputs: [] }), id: "a", environment } as Run;
  using prepared = await prepare({ plan, like }, place.context);
  deepStrictEqual(prepared.findings.map(({ level }) => level), ["problem"]);
});

Deno.test("mayUseDevice() says where a network may lie in other memory", () => {
  deepStrictEqual(["pjrt", "embedded"].map(mayUseDevice), [true, false]);
});
