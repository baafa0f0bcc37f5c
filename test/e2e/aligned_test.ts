import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { readPrediction } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

/** Steps of 8 sections, in voxels. */
const table = "0 0\n2 -1\n-3 2\n1.5 1\n0 0\n-2 0\n1 -2\n0 1\n";

const context = "{ sections: 0, pixels: 6 }";

/** What all commands of the test see: sections moved, and context around them. */
const source = (file: string) =>
  `{ type: cremi, file: ${file}, align: { shifts: t.txt }, context: ${context} }`;

Deno.test("runs see aligned volumes, predictions go back to the file by themselves", async () => {
  using place = new Workplace();
  const at = (name: string) => join(place.folder, name);
  place.write("t.txt", table);
  await writeVolume(at("a.hdf"), { seed: 3 });
  await writeVolume(at("b.hdf"), { seed: 6, offsetNm: [400, 20, 30] }); // below it
  const id = await place.run(
    "tiny.yaml",
    ...["--set", `data.train[0].source=${source("a.hdf")}`],
    ...["--set", `data.validation[0].source=${source("b.hdf")}`],
  );
  {
    using records = place.records();
    deepStrictEqual(
      records.run(id).inputs.map(({ role, path }) => [role, path]),
      [
        ["train[0]", at("a.hdf")],
        ["train[0]", at("t.txt")],
        ["validation[0]", at("b.hdf")],
        ["validation[0]", at("t.txt")],
      ],
    );
  }
  const words = ["--source", source("b.hdf")];
  await place.well("predict", "last", ...words, "--output", "p.hdf");
  const { shapeVox, offsetNm, probability, madeBy } = await readPrediction(
    at("p.hdf"),
  );
  deepStrictEqual(madeBy?.usedFor, ["validation"]); // as the table alone was for both
  deepStrictEqual(shapeVox, [8, 48, 48]); // as the file, not as the network saw it
  deepStrictEqual(offsetNm, [400, 20, 30]);
  ok(probability.every((value) => value > 0));

  // Both ways of measuring see the same labelled voxels, each beside its prediction.
  const measured = await place.json<Record<string, number>>(
    ...["evaluate", "--prediction", "p.hdf", ...words],
  );
  const truth = await place.json<Record<string, number>>(
    ...["evaluate", "--prediction", "p.hdf", "--truth", "b.hdf"],
  );
  deepStrictEqual(measured, truth);
  using records = place.records();
  const point = records.metrics(id, {
    split: "validation",
    name: "best.averagePrecision",
  }).concat(records.metrics(id, { split: "validation", name: "ap" })).at(-1)!;
  ok(Math.abs(point.value - measured["ap"]!) < 1e-9);

  // A file that was aligned, predicted and brought back says the same.
  await place.well(
    ...["align", "forward", "b.hdf", "--shifts", "t.txt", "--context", "0,6"],
    ...["--output", "aligned.hdf"],
  );
  await place.well(
    ...["predict", "last", "--volume", "aligned.hdf", "--output", "q.hdf"],
  );
  await place.well(
    ...["align", "reverse", "q.hdf", "--by", "aligned.hdf"],
    ...["--output", "back.hdf"],
  );
  const back = await readPrediction(at("back.hdf"));
  deepStrictEqual(back.offsetNm, offsetNm);
  deepStrictEqual(back.probability, probability);

  const refused = await place.cleft(
    ...["predict", "last", ...words, "--output", "r.hdf"],
    ...["--region", "{ z: [0, 4] }"],
  );
  assertEquals(refused.code, 2);
  match(refused.err, /Cannot predict a region of a volume whose sections/);

  const repeated = await place.well("rerun", id);
  match(repeated, /^identical: /m);
  place.write("t.txt", table.replace("-3 2", "-3 3"));
  const changed = await place.cleft("rerun", id);
  assertEquals(changed.code, 2);
  match(changed.err, /the data of train\[0\] has changed/);
});
