import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { Spool } from "@/infer/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { cremiSubmission } from "../export/cremi_submission.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import { handIn } from "./hand_in.ts";
import type { Standing } from "./todo.ts";

Deno.test("handIn() hands in what it can, tells what failed, and leaves what another process is at", async () => {
  using place = new Workplace();
  const planOf = (file: string) =>
    smallPlan({
      train: { volumeTotal: 2 },
      submission: { volumes: [{ file, ...smallPhantom(6) }] },
      postprocess: [{ type: "threshold", p: 0 }],
    });
  const bad = planOf("bad.hdf"), good = planOf("good.hdf");
  const run = await place.run(good);
  {
    using records = openRecords(place.context.resultsFolder);
    using recorder = records.startRun(newRun({
      ...{ experiment: "small", inputs: [], plan: JSON.stringify(bad) },
    }));
    recorder.finish("finished");
  }
  using records = place.records();
  const standing = (stage: string, plan = good): Standing => ({
    variant: { values: { stage }, plan },
    run: plan === good ? run : records.runs().at(-1)!,
    isTrained: false,
  });
  const folder = join(place.context.resultsFolder, "submissions", "small");
  const [clefts, prediction] = cremiSubmission.create({})
    .files!({ runs: [run], records, path: folder });
  {
    using _ = new Spool(`${prediction}.part`, {
      ...{ key: "theirs", shapeVox: [4, 16, 16], columnYx: [16, 16] },
    });
    deepStrictEqual(await handIn([standing("good")], place.context), []);
    ok(place.said().includes("Another process hands in stage=good"));
  }
  const missing = { ...standing("missing"), run: null };
  const all = [standing("bad", bad), missing, standing("good")];
  const failed = await handIn(all, place.context);
  deepStrictEqual(failed.map(({ values }) => values), [{ stage: "bad" }]);
  match(`${failed[0]!.error}`, /nothing says from which probability on/);
  match(
    place.said().join("\n"),
    /hand in what it finds by: deno task export \S+ --format cremi-submission/,
  );
  ok(Deno.statSync(clefts!).isFile);
  const broken = {
    ...place.context,
    print() {
      throw new TypeError("mine");
    },
  };
  await rejects(handIn([standing("good")], broken), /mine/);
});
