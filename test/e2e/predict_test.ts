import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { wholeBox } from "@/core/mod.ts";
import { openHdf5, readPrediction, writeHdf5 } from "@/data/mod.ts";
import { metrics } from "@/metric/mod.ts";
import type { EvaluationRecord } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

const metricEntries = metrics.components.map(({ name }) =>
  name === "objects" ? "{ type: objects, minOverlapVox: 2 }" : name
);
const documented = [
  ...["ap", "dice", "threshold", "adgt", "adf", "score", "fp200", "fn200"],
  ...["objects", "found", "falseComponents"],
];

Deno.test("predict writes what was evaluated, and evaluate measures the same again", async () => {
  using place = new Workplace();
  const path = join(place.folder, "x.hdf");
  const output = join(place.folder, "out", "p.hdf");
  await writeVolume(path, { seed: 6, offsetNm: [100, 20, 30] });
  const id = await place.run(
    "tiny.yaml",
    ...["--set", "data.validation[0].source={ type: cremi, file: x.hdf }"],
    ...["--set", `evaluate.metrics=[${metricEntries}]`],
  );
  match(
    await place.well(
      "predict",
      "last",
      "--volume",
      "x.hdf",
      "--output",
      output,
    ),
    /^Prediction: .*p\.hdf\nWeights: best of .+, after step \d+\nThreshold: 0\.\d+, chosen on validation\nEvaluate it by: deno task evaluate --prediction \S+p\.hdf --truth x\.hdf$/m,
  );
  {
    using file = await openHdf5(output);
    deepStrictEqual(file.names, ["volumes/prediction"]);
    const { kind, resolutionNm, offsetNm } = file.dataset("volumes/prediction");
    deepStrictEqual(
      [kind, resolutionNm, offsetNm],
      ["f32", [50, 10, 10], [100, 20, 30]],
    );
  }
  await place.well(
    ...["predict", "last", "--volume", "x.hdf", "--engine", "embedded"],
    ...["--output", "embedded.hdf"],
  );
  const byEmbedded = await readPrediction(join(place.folder, "embedded.hdf"));
  assertEquals(byEmbedded.madeBy!.engine, "embedded");

  const { shapeVox, probability, madeBy } = await readPrediction(output);
  deepStrictEqual(shapeVox, [8, 48, 48]);
  ok(Math.max(...probability) > Math.min(...probability));

  const { thresholdFrom, bestOnTruth, measuredWith, ...scores } = await place
    .json<
      & Record<string, number>
      & Record<"thresholdFrom" | "bestOnTruth" | "measuredWith", unknown>
    >(...["evaluate", "--prediction", "out/p.hdf", "--truth", "x.hdf"]);
  assertEquals(thresholdFrom, "validation");
  deepStrictEqual(bestOnTruth, scores); // it was chosen on this volume
  for (const name of documented) ok(name in scores, name);
  using records = place.records();
  const recorded: EvaluationRecord = JSON.parse(
    new TextDecoder().decode(
      records.artifact(id, "evaluation/validation/x.json"),
    ),
  );
  deepStrictEqual(scores, recorded.metrics);
  const { environment, experiment, inputs, planHash } = records.run(id);
  const isOf = (name: string) => (one: { name: string }) => one.name === name;
  deepStrictEqual(madeBy, {
    run: id,
    experiment,
    planSha256: planHash,
    weights: "best",
    step: recorded.step,
    checkpointSha256: records.artifacts(id).find(isOf("checkpoint/best"))!
      .sha256,
    threshold: recorded.metrics.threshold,
    metrics: measuredWith,
    postprocess: [],
    tta: "none",
    inputs: inputs.filter(({ split }) => split === "validation")
      .map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    usedFor: ["validation"],
    head: null,
    engine: environment.engine,
    precision: "fp32",
    versions: madeBy!.versions,
  });
  assertEquals(madeBy!.versions.cleft, environment.versions.cleft);
  for (const [name, value] of Object.entries(scores)) {
    const [point] = records.metrics(id, {
      split: "validation",
      name: `best.${name}`,
    });
    assertEquals(point!.value, value ?? NaN, name);
  }
});

Deno.test("predict and evaluate write nothing where they cannot read, or are stopped", async () => {
  using place = new Workplace();
  await writeVolume(join(place.folder, "x.hdf"));
  await place.run();
  place.write("text.hdf", "no volume");
  const before = place.files();
  const refuse = async (words: readonly string[], says: RegExp) => {
    const { code, err } = await place.cleft(...words);
    assertEquals(code, 2, err);
    match(err, says);
    match(err, /^Cannot .+\n {2}at .+\n {2}fix .+\n$/);
    deepStrictEqual(place.files(), before);
  };
  const predict = ["predict", "last", "--output", "p.hdf", "--volume"];
  await refuse([...predict, "text.hdf"], /not an HDF5 file/);
  await refuse([...predict, "none.hdf"], /none\.hdf/);
  await refuse(
    ["predict", "nobody", "--output", "p.hdf", "--volume", "x.hdf"],
    /^Cannot find the run "nobody"/,
  );
  await refuse(
    ["evaluate", "--prediction", "x.hdf", "--truth", "x.hdf"],
    /"volumes\/prediction"/,
  );

  const running = place.start(...predict, "x.hdf", "--tta", "flips");
  await running.printed(/^\d+ of \d+ tiles$/m);
  running.kill("SIGINT");
  const { code, err } = await running.ended;
  assertEquals(code, 1);
  match(err, /^Stopped before the end$/m);
  deepStrictEqual(place.files(), before);
});

Deno.test("predict takes volumes of one dataset, below a data root, and the last weights", async () => {
  using place = new Workplace();
  const path = join(place.folder, "x.hdf"), one = join(place.folder, "one.h5");
  await writeVolume(path);
  {
    using file = await openHdf5(path);
    const raw = file.dataset("volumes/raw"), { shapeVox } = raw;
    const data = raw.read(wholeBox(shapeVox)) as Uint8Array;
    Deno.mkdirSync(join(place.folder, "root"));
    await writeHdf5(one, { main: { shapeVox, data } });
    Deno.renameSync(one, join(place.folder, "root", "one.h5"));
  }
  await place.run("tiny.yaml", "--set", "data.validation=[]");
  const place3d = "resolutionNm: [50, 10, 10]";
  const said = await place.well(
    ...["predict", "tiny", "--data-root", "root", "--output", "p.hdf"],
    ...["--source", `{ type: main, raw: one.h5, ${place3d} }`],
    ...["--region", "{ z: [2, 6] }"],
  );
  match(said, /^Weights: last of tiny-\S+, as none were validated, after/m);
  match(said, /^Threshold: none was chosen for these weights/m);
  match(said, /--prediction p\.hdf --source '\{ type: main, raw: one\.h5/);
  const { shapeVox, offsetNm, madeBy } = await readPrediction(
    join(place.folder, "p.hdf"),
  );
  deepStrictEqual([shapeVox, offsetNm], [[4, 48, 48], [100, 0, 0]]);
  assertEquals(madeBy!.threshold, null);
  const words = ["predict", "tiny", "--volume", "x.hdf", "--output", "p.hdf"];
  await place.well(...words); // over its own
  place.write("p.hdf", "mine");
  const { code, err } = await place.cleft(...words);
  assertEquals(code, 2);
  match(err, /^Cannot write over ".*p\.hdf": Cleft did not write it/);
  await place.well(...words, "--force");
});
