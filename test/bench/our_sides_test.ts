import { deepStrictEqual, ok, rejects } from "node:assert";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { type MetricSeries, openRecords } from "@/record/mod.ts";
import { makeCollection } from "./collection.ts";
import { bench as benchGpu } from "./gpu.ts";
import { runOurs } from "./harness.ts";
import { writeInput } from "./metrics.ts";
import { writeRun } from "./records.ts";

Deno.test("our_augment.ts measures the entries it is given", () => {
  const chain = [{ type: "simple" }, { type: "elastic", subsample: 4 }];
  const { ms, peakMiB } = runOurs("our_augment.ts", [
    JSON.stringify(chain),
    "0",
  ]);
  ok(ms > 0 && peakMiB! > 20); // the volume alone has 20 MiB
});

Deno.test("our_dilation.ts measures the chains it is given", () => {
  const { ms, peakMiB } = runOurs("our_dilation.ts", [
    ...["--engine", "embedded", "--chains", "[[1,2]]", "--channels", "4"],
    ...["--shape", "1,1,8,8", "--steps", "1"],
  ]);
  ok(ms > 0 && peakMiB! > 20);
});

Deno.test("our_blending.ts predicts the volume it is given", () => {
  const { ms, value } = runOurs("our_blending.ts", [
    ...["--engine", "embedded", "--filters", "2,3", "--shape", "3,20,20"],
    ...["--patch", "2,16,16", "--threads", "2"],
  ]);
  ok(ms > 0 && value! > 0 && value! < 1);
});

Deno.test("our_metrics.ts comes to the hand-worked numbers", async () => {
  await inTemporaryFolder((folder) => {
    writeInput(folder, {
      probability: Float32Array.of(0.9, 0.75, 0.75, 0.1),
      target: Uint8Array.of(1, 1, 0, 0),
      mask: Uint8Array.of(1, 1, 1, 1),
      shapeVox: [1, 1, 4],
      voxelNm: [40, 4, 4],
      threshold: 0.75,
    });
    const valueOf = (name: string) =>
      runOurs("our_metrics.ts", [name, folder, "0"]).value!;
    // Two voxels outside, 4 and 8 nm from the cleft.
    assertEquals(valueOf("distances"), 12);
    assertEquals(valueOf("components"), 1);
    // Half of the clefts at precision 1, half at 2/3.
    assertAlmostEquals(valueOf("averagePrecision"), 5 / 6, 1e-12);
    // Of three voxels called cleft one is 4 nm away; both clefts are met.
    assertAlmostEquals(valueOf("cremi"), 4 / 3 / 2, 1e-12);
  });
});

Deno.test("our_distances.ts comes to what scipy does of the same beams", () => {
  const { value } = runOurs("our_distances.ts", ["7,40,300"]);
  assertAlmostEquals(value!, 0.23824994649121756, 1e-12); // scipy 1.17.1
});

Deno.test("our_records.ts reads every point, thins charts and makes a report", async () => {
  await inTemporaryFolder((folder) => {
    {
      using records = openRecords(folder);
      for (let run = 0; run < 2; run++) writeRun(records, 2);
    }
    const valueOf = (name: string) =>
      runOurs("our_records.ts", [name, folder, "0"]).value!;
    assertEquals(valueOf("read"), 2 * 2000);
    // Of 500 points a line: the first, the last, and two of each of 159 stretches.
    assertEquals(valueOf("chart"), 2 * 4 * (2 + 2 * 159));
    ok(valueOf("report") > 2e4);
  });
});

Deno.test("our_records.ts lists by a condition, and makes a page of chosen runs", async () => {
  await inTemporaryFolder((folder) => {
    makeCollection(folder, { runs: 40, steps: 600 });
    const valueOf = (name: string) =>
      runOurs("our_records.ts", [name, folder, "0"]).value!;
    using records = openRecords(folder);
    const { runs } = records.collection.select({
      where: "augment.elastic and ap > 0.4 and not tag = paper",
    });
    ok(runs.length > 5 && runs.length < 20, `${runs.length}`);
    assertEquals(valueOf("list"), runs.length);
    ok(valueOf("page") > 1e5);
    const [{ steps, values }] = records.metricSeries(runs[0]!.id) as [
      MetricSeries,
    ];
    assertEquals(steps.length, 600);
    assertEquals(values.length, 600);
  });
});

Deno.test("writeRun() records four metrics step by step", async () => {
  await inTemporaryFolder((folder) => {
    using records = openRecords(folder);
    writeRun(records, 2);
    const series = records.metricSeries("last");
    deepStrictEqual(series.map(({ name }) => name), [
      "learningRate",
      "loss",
      "loss.bce",
      "loss.dice",
    ]);
    const everyStep = Array.from({ length: 500 }, (_, i) => i + 1);
    for (const { steps } of series) deepStrictEqual(steps, everyStep);
  });
});

const plugin = cpuPluginPath();
const isReady = plugin ? "" : " (pjrt: not set up)";

Deno.test({
  name: `bench gpu compiles, loads again and measures what is named${isReady}`,
  ignore: plugin === null,
  async fn() {
    const named = Deno.env.get("CLEFT_PJRT_PLUGIN");
    Deno.env.set("CLEFT_PJRT_PLUGIN", plugin!);
    const notes: string[] = [];
    const measure = (...only: string[]) =>
      benchGpu({
        python: "/no/such/python",
        only,
        note: (line) => notes.push(line),
      });
    try {
      const rows = await measure("forward-fp32");
      deepStrictEqual(rows.map(({ what }) => what), ["tiny-forward-fp32"]);
      const { on, ours, firstS, reloadS, peer } = rows[0]!;
      deepStrictEqual([on, peer], ["processor", null]);
      ok(ours! > 0 && reloadS! < firstS!, notes.join("\n"));
      await rejects(measure("N7"), /Cannot measure: nothing is so named/);
    } finally {
      if (named === undefined) Deno.env.delete("CLEFT_PJRT_PLUGIN");
      else Deno.env.set("CLEFT_PJRT_PLUGIN", named);
    }
  },
});
