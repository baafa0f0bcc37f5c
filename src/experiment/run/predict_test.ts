import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, wholeBox } from "@/core/mod.ts";
import { openHdf5, readPrediction, sources, writeHdf5 } from "@/data/mod.ts";
import { ttas } from "@/infer/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "./_testing.ts";
import { type PredictRequest, predictRun } from "./predict.ts";

/** Predicts a phantom and reads what was written. */
async function predict(
  place: Workplace,
  id: string,
  request: Partial<PredictRequest> = {},
) {
  const outputPath = join(place.folder, "out.hdf");
  const origin = await predictRun({
    run: id,
    source: sources.schema.parse(smallPhantom(6).source),
    where: "--volume",
    outputPath,
    ...request,
  }, place.context);
  return { origin, file: await readPrediction(outputPath) };
}

Deno.test("predictRun() writes probabilities with what they were made by", async () => {
  using place = new Workplace();
  const { id, planHash } = await place.run(
    smallPlan({ infer: { tta: { type: "flips" } } }),
  );
  using records = place.records();
  const [ap3, ap6] = records.metrics(id, { split: "validation", name: "ap" });
  deepStrictEqual([ap3!.step, ap6!.step], [3, 6]);
  ok(ap3!.value > ap6!.value, "the best weights are not the last");
  const numberAt = (name: string, at: number) =>
    records.metrics(id, { split: "validation", name })
      .find(({ step }) => step === at)?.value;
  const sha256Of = (name: string) =>
    records.artifacts(id).find((one) => one.name === name)!.sha256;
  place.said();

  const { origin, file } = await predict(place, id);
  deepStrictEqual(file.shapeVox, [4, 16, 16]);
  deepStrictEqual(file.voxelNm, [50, 20, 20]);
  deepStrictEqual(file.madeBy, origin);
  const { versions: _, ...told } = origin;
  deepStrictEqual(told, {
    ...{ run: id, experiment: "small", head: null, planSha256: planHash },
    ...{ weights: "best", step: 3, tta: "flips", inputs: [], usedFor: [] },
    checkpointSha256: sha256Of("checkpoint/best"),
    threshold: numberAt("best.threshold", 3),
    ...{ engine: "embedded", precision: "fp32", postprocess: [] },
    metrics: [{ type: "averagePrecision" }, { type: "dice" }],
    postprocess: [],
  });
  const [memory, ...said] = place.said();
  match(
    memory!,
    /^Memory: about 0\.6 GiB, 0\.0 GiB of it for joining the tiles/,
  );
  deepStrictEqual(said, ["1 of 1 tiles"]);

  const last = await predict(place, id, { weights: "last" });
  const { weights, step, checkpointSha256, threshold } = last.origin;
  deepStrictEqual([weights, step], ["last", 6]);
  deepStrictEqual(checkpointSha256, sha256Of("checkpoint/last"));
  deepStrictEqual(threshold, numberAt("threshold", 6));
  ok(last.file.probability.some((p, i) => p !== file.probability[i]));
});

Deno.test("predictRun() takes a region and other augmentation, and shows each tenth", async () => {
  using place = new Workplace();
  const plan = smallPlan({
    data: { validation: [] },
    infer: { patchVox: [2, 8, 8], overlap: 0 },
  });
  const { id } = await place.run(plan);
  place.said();
  const { origin, file } = await predict(place, id, {
    region: { regionVox: { z: [2, 4], y: [8, 16] } },
    tta: ttas.schema.parse({ type: "flips" }),
  });
  deepStrictEqual(file.shapeVox, [2, 8, 16]);
  deepStrictEqual(file.offsetNm, [100, 160, 0]);
  const { weights, step, threshold, tta } = origin;
  deepStrictEqual([weights, step, threshold, tta], ["last", 6, null, "flips"]);
  deepStrictEqual(place.said().slice(1), ["1 of 2 tiles", "2 of 2 tiles"]);
  await predict(place, id, {
    source: sources.schema.parse({
      type: "phantom",
      shapeVox: [4, 40, 40],
      voxelNm: [50, 4.6, 4.6],
    }),
  });
  const [unlike, _memory, ...tiles] = place.said();
  deepStrictEqual(
    unlike,
    "phantom-1: its voxels are 50 × 4.6 × 4.6 nm, those trained on " +
      "50 × 20 × 20 nm",
  );
  deepStrictEqual(
    tiles,
    [
      ...[5, 10, 15, 20, 25, 30, 35, 40, 45, 50],
    ].map((done) => `${done} of 50 tiles`),
  );
});

Deno.test("predictRun() writes what another head says, a number or a vector", async () => {
  using place = new Workplace();
  const head = (name: string, loss: string) => ({
    ...{ name, target: { type: name } },
    loss: { terms: [{ type: loss }] },
  });
  const heads = [
    head("polarity", "squaredError"),
    head("direction", "cosine"),
  ];
  const { id } = await place.run(smallPlan({
    heads,
    train: { volumeTotal: 4 },
    augment: [{ type: "simple" }],
    infer: { tta: { type: "flips" } },
  }));
  const clefts = await predict(place, id);
  deepStrictEqual(clefts.origin.head, null);
  const { origin, file } = await predict(place, id, { head: "polarity" });
  deepStrictEqual(
    [origin.head, origin.threshold, origin.metrics],
    ["polarity", null, []],
  );
  ok(file.probability.some((p, i) => p !== clefts.file.probability[i]));
  await rejects(predict(place, id, { head: "direction" }), /the file has/);
  using vectors = await openHdf5(join(place.folder, "out.hdf"));
  const [z, y, x] = ["z", "y", "x"].map((axis) =>
    vectors.dataset(`volumes/prediction/${axis}`).read(wholeBox([4, 16, 16]))
  ) as [Float32Array, Float32Array, Float32Array];
  const lengths = z.map((v, i) => Math.hypot(v, y[i]!, x[i]!));
  ok(
    lengths.every((length) => length <= 1.0001),
    "means of vectors of length 1",
  );
  ok(lengths.some((length) => length > 0.01), "that do not cancel");
  await rejects(predict(place, id, { head: "polariy" }), (error) => {
    ok(error instanceof ExperimentError);
    deepStrictEqual([error.where, error.fix], [
      "--head polariy",
      "Write polarity",
    ]);
    return true;
  });
});

Deno.test("predictRun() refuses a run without weights", async () => {
  using place = new Workplace();
  const { id } = await place.run(smallPlan({ train: { volumeTotal: 2 } }));
  place.change("DELETE FROM artifact WHERE name LIKE 'checkpoint/%'");
  await rejects(predict(place, id), (error) => {
    ok(error instanceof ExperimentError);
    deepStrictEqual([error.message, error.fix], [
      `Cannot predict with the weights of ${id}: it has no checkpoint`,
      `Let it go on first: deno task resume ${id}`,
    ]);
    return true;
  });
});

Deno.test("predictRun() says what the run has read the same files for, and what is odd about them", async () => {
  using place = new Workplace();
  const volume = await sources.create(
    sources.schema.parse(smallPhantom(15).source),
  ).open({ dataRoots: [], cacheFolder: "", where: "test" });
  const { image, target, shapeVox } = volume.read(wholeBox(volume.shapeVox));
  const extent = { shapeVox, resolutionNm: volume.voxelNm };
  const write = (file: string, shift: number) =>
    writeHdf5(join(place.folder, file), {
      "volumes/raw": { ...extent, data: image.map((grey) => grey + shift) },
      "volumes/labels/clefts": {
        ...{
          ...extent,
          data: BigUint64Array.from(target, (one) => one ? 1n : 2n ** 64n - 1n),
        },
      },
    });
  await write("a.hdf", 0);
  await write("b.hdf", 0.001);
  const cremi = (file: string) => ({ source: { type: "cremi", file } });
  const { id } = await place.run(smallPlan({
    data: {
      train: [cremi("a.hdf")],
      test: [cremi("b.hdf")],
      allowOverlap: true,
    },
    train: { volumeTotal: 2 },
  }));
  const madeBy = async (file: string, options = {}) => {
    const source = sources.schema.parse({ ...cremi(file).source, ...options });
    return (await predict(place, id, { source })).file.madeBy!;
  };
  deepStrictEqual((await madeBy("a.hdf")).usedFor, ["train"]);
  const { usedFor, notes } = await madeBy("b.hdf");
  deepStrictEqual([usedFor, notes], [["test"], undefined]);
  const overruled = await madeBy("b.hdf", { resolutionNm: [40, 20, 20] });
  match(overruled.notes![0]!, /are 40 × 20 × 20 nm by resolutionNm; its attr/);
  match(
    overruled.notes![1]!,
    /: its voxels are 40 × .*, those trained on 50 ×/,
  );
});
