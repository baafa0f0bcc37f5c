import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { decodePoints } from "@/report/client/decode.js";
import { Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

/** The first step is sound and leaves weights that no later one survives. */
const broken = [
  ...["--set", "optimizer.learningRate=1e30"],
  ...["--set", "train.volumeTotal=8"],
  ...["--set", "train.volumeSave=2"],
  ...["--set", "train.validateEvery=4"],
];

Deno.test("a loss that is no number fails the run with its step and the layer it began in", async () => {
  using place = new Workplace();
  const { code, err } = await place.cleft("run", "tiny.yaml", ...broken);
  assertEquals(code, 1);
  match(
    err,
    /^Cannot go on after step 2: the loss is \S+, which begins with the output of layer "encoder0\/conv1"\n {2}at {3}step 2\n {2}fix {2}Lower optimizer\.learningRate, .+\n$/,
  );
  using records = place.records();
  const { state, reason } = records.run("last");
  assertEquals(state, "failed");
  match(reason!, /^Cannot go on after step 2: .+ layer "encoder0\/conv1"$/);
  deepStrictEqual(losses(place).map(Number.isFinite), [true, false]);
});

Deno.test("onNan: skip leaves the weights as they were, and says so", async () => {
  using place = new Workplace();
  await place.run("tiny.yaml", ...broken, "--set", "train.onNan=skip");
  deepStrictEqual(
    losses(place).map(Number.isFinite),
    [true, false, false, false],
  );
  using records = place.records();
  const weightsAt = (step: number) =>
    records.weightHashes("last").filter((hash) => hash.step === step)
      .map(({ layer, sha256 }) => `${layer} ${sha256}`);
  ok(weightsAt(1).length > 0);
  deepStrictEqual(weightsAt(2), weightsAt(1));
  deepStrictEqual(weightsAt(4), weightsAt(1));
  deepStrictEqual(
    records.log("last").filter(({ level }) => level === "warning")
      .map(({ text }) => text.replace(/loss .* with/, "loss")),
    [
      'step 2 skipped: the loss the output of layer "encoder0/conv1"',
      "step 3 skipped: as the one before",
      "step 4 skipped: as the one before",
    ],
  );
});

Deno.test("onNan: continue keeps NaN in the record and a gap in the report", async () => {
  using place = new Workplace();
  await place.run("tiny.yaml", ...broken, "--set", "train.onNan=continue");
  const values = losses(place);
  deepStrictEqual(values.map(Number.isFinite), [true, false, false, false]);
  ok(values.some(Number.isNaN));
  const [{ metrics }] = await place.json<[{ metrics: object }]>("list");
  assertEquals(metrics["train/loss" as never], "NaN");
  for (const name of ["ap", "dice", "threshold"]) {
    assertEquals(metrics[`validation/best.${name}` as never], "NaN", name);
  }
  match(await place.well("list"), /^\S+ +tiny +finished .* – +–$/m);
  const page = Deno.readTextFileSync(
    join(place.results, "reports", "tiny.html"),
  );
  const [, json] = /id="curves-data">(.*?)<\/script>/s.exec(page)!;
  const { panels } = JSON.parse(json!);
  const [curve] =
    panels.find(({ label }: { label: string }) => /loss/i.test(label)).curves;
  const shown = decodePoints(curve.points);
  deepStrictEqual(shown.steps, [1, 2, 3, 4]);
  deepStrictEqual(shown.values.slice(1), [null, null, null]);
  ok(Math.abs(shown.values[0]! / values[0]! - 1) < 2e-5, `${shown.values[0]}`);
});

function losses(place: Workplace): number[] {
  using records = place.records();
  return records.metrics("last", { split: "train", name: "loss" })
    .map(({ value }) => value);
}
