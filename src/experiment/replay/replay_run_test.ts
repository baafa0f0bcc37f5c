import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { decode } from "fast-png";
import { ExperimentError, wholeBox } from "@/core/mod.ts";
import { openHdf5 } from "@/data/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import { type ReplayRequest, replayRun } from "./replay_run.ts";

/** An experiment of two volumes and some chance, with a head besides. */
const plan = smallPlan({
  data: { train: [smallPhantom(15), smallPhantom(14)], validation: [] },
  augment: [{ type: "simple" }, { type: "grey", p: 0.5 }],
  train: { accumulate: 2, batch: 1, recordSamples: "parameters" },
  heads: [{
    name: "near",
    target: { type: "signedDistance" },
    loss: { terms: [{ type: "squaredError" }] },
  }],
  evaluate: { metrics: ["dice"], sectionsShown: 0 },
});

/** Makes samples again into the folder `out`. */
function replay(place: Workplace, request: Partial<ReplayRequest>) {
  const outputFolder = join(place.folder, "out");
  return replayRun(
    { run: "small", samples: [], outputFolder, ...request },
    place.context,
  );
}

Deno.test("replayRun() makes samples as training saw them, and writes all there is of them", async () => {
  using place = new Workplace();
  const { id } = await place.run(plan);
  const outputs: string[] = [];
  const made = await replay(place, {
    samples: [0, 1, 7, 11],
    onOutputs: (paths) => outputs.push(...paths),
  });
  using records = place.records();
  for (const one of made) {
    const seen = records.sample(id, one.index)!;
    const { run, step, comparison, sha256, recordedSha256, reasons } = one;
    deepStrictEqual(
      { run, step, comparison, sha256, recordedSha256, reasons },
      {
        ...{ run: id, step: seen.step, comparison: "identical" },
        ...{ sha256: seen.sha256, recordedSha256: seen.sha256, reasons: [] },
      },
    );
    deepStrictEqual(one.stream, `1/sample/${one.index}`);
    const { volume, name, startVox, offsetNm } = one.place;
    deepStrictEqual(name, ["phantom-15", "phantom-14"][volume]);
    deepStrictEqual(
      offsetNm,
      startVox.map((start, axis) => start * one.voxelNm[axis]!),
    );
    deepStrictEqual(
      one.augmentations.map(({ augmentation }) => augmentation.type),
      ["simple", "grey"],
    );
    deepStrictEqual(
      one.files,
      ["hdf", "png", "json"]
        .map((ending) =>
          join(place.folder, "out", `sample-${one.index}.${ending}`)
        ),
    );
    const [hdf, png, json] = one.files;
    deepStrictEqual(
      Deno.readTextFileSync(json!),
      `${JSON.stringify(one, null, 2)}\n`,
    );
    ok(decode(Deno.readFileSync(png!)).width > 240);
    using file = await openHdf5(hdf!);
    for (const name of ["target", "mask", "weight"]) {
      for (const head of ["primary", "near"]) {
        const { shapeVox, resolutionNm } = file.dataset(
          `volumes/${head}/${name}`,
        );
        deepStrictEqual([shapeVox, resolutionNm], [[2, 8, 8], [50, 20, 20]]);
      }
    }
  }
  deepStrictEqual(outputs, made.flatMap(({ files }) => files));

  using file = await openHdf5(made[1]!.files[0]!);
  const read = (name: string) => {
    const dataset = file.dataset(`volumes/${name}`);
    return [...dataset.read(wholeBox(dataset.shapeVox)) as Float32Array];
  };
  const labels = read("primary/target"), distances = read("near/target");
  ok(labels.every((label) => label === 0 || label === 1));
  ok(distances.some((value) => value !== 0 && value !== 1));
  // Distances are positive within clefts, and nowhere else.
  const isKnown = read("near/mask");
  ok(
    distances.every((value, i) =>
      !isKnown[i] || (value > 0) === (labels[i] === 1)
    ),
  );
  deepStrictEqual(
    new Set(made.map((one) => one.place.volume)),
    new Set([0, 1]),
  );
});

Deno.test("replayRun() says that a sample is another and why, and draws anew what was not recorded", async () => {
  using place = new Workplace();
  const { id } = await place.run(plan);
  place.change("UPDATE sample SET sha256 = zeroblob(32)");
  Deno.writeTextFileSync(join(place.folder, "deno.lock"), "another");
  const [one] = await replayRun(
    { run: id, samples: [5] },
    place.context,
  );
  const { comparison, recordedSha256, reasons, files } = one!;
  deepStrictEqual([comparison, recordedSha256], ["different", "0".repeat(64)]);
  deepStrictEqual(reasons.length, 1);
  match(reasons[0]!, /^lockfile: /);
  const home = join(place.context.resultsFolder, "runs", id, "replay");
  deepStrictEqual(files[0], join(home, "sample-5.hdf"));

  // What is not on record is drawn anew.
  place.change("DELETE FROM sample");
  const [drawn] = await replay(place, { samples: [5] });
  deepStrictEqual(drawn, {
    ...{ ...one, files: drawn!.files, reasons: [] },
    ...{ comparison: "unknown", recordedSha256: null },
  });
  const random = { count: 3, seed: 1 };
  deepStrictEqual((await replay(place, { random })).length, 3);
  await rejects(replay(place, { samples: [12] }), ExperimentError);
});
