import assert from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { openRecords, type Recorder, type Records } from "@/record/mod.ts";
import { gatherReport } from "./gather.ts";
import {
  fullReport,
  makeEvaluation,
  makeRun,
  makeRunData,
} from "./_testing.ts";

function withRecords(body: (records: Records) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    using records = openRecords(folder);
    body(records);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function keep(recorder: Recorder, name: string, bytes: Uint8Array | string) {
  recorder.artifact(
    name,
    "application/octet-stream",
    typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
  );
}

/** Records what `fullReport()` shows of its first runs, and gives their ids. */
function recordRuns(records: Records, count = 2): string[] {
  const { runs, pictures } = fullReport();
  return runs.slice(0, count).map((data) => {
    using recorder = records.startRun(data.run);
    for (const { split, name, steps, values } of data.series) {
      recorder.metrics(
        steps.map((step, i) => ({ split, name, step, value: values[i]! })),
      );
    }
    for (const { record, pictures: keys } of data.evaluations) {
      const base = `evaluation/${record.split}/${record.volume}`;
      keep(recorder, `${base}.json`, JSON.stringify(record));
      for (const { z, raw, truth, prediction } of keys) {
        keep(recorder, `${base}/${z}/raw.png`, pictures.get(raw)!);
        keep(recorder, `${base}/${z}/truth.png`, pictures.get(truth!)!);
        keep(
          recorder,
          `${base}/${z}/prediction.png`,
          pictures.get(prediction!)!,
        );
      }
    }
    for (const { level, text } of data.log) recorder.log(level, text);
    recorder.finish("finished");
    return recorder.run.id;
  });
}

Deno.test("gatherReport() reads back what a run recorded", () => {
  withRecords((records) => {
    const expected = fullReport();
    const data = gatherReport(records, recordRuns(records));
    assert.equal(data.title, "mixloss, focal");
    assert.deepEqual(data.leftOut, []);
    assert.deepEqual(
      data.runs.map(({ evaluations }) => evaluations),
      expected.runs.map(({ evaluations }) => evaluations),
    );
    assert.deepEqual(
      data.runs.map(({ series }) => series.find((s) => s.name === "loss")),
      expected.runs.map(({ series }) => series.find((s) => s.name === "loss")),
    );
    assert.deepEqual(
      [...data.pictures.keys()].sort(),
      [
        ...expected.pictures.keys(),
      ].sort(),
    );
    assert.equal(data.facts["ap"]!.better, "higher");
    assert.deepEqual(data.runs[0]!.log.map(({ text }) => text), [
      "2 threads",
      "NaN",
    ]);
  });
});

Deno.test("gatherReport() holds as many pictures as fit, those of the best run first", () => {
  withRecords((records) => {
    const ids = recordRuns(records);
    const all = gatherReport(records, ids);
    const bytesOf = (i: number) =>
      all.runs[i]!.evaluations[0]!.pictures
        .flatMap(({ raw, truth, prediction }) => [raw, truth!, prediction!])
        .reduce((sum, key) => sum + all.pictures.get(key)!.length, 0);
    const data = gatherReport(records, ids, { pictureBytes: bytesOf(0) });
    const shown = data.runs.map(({ evaluations }) =>
      evaluations[0]!.pictures.length
    );
    assert.deepEqual(shown, [2, 0]);
    assert.match(data.leftOut[0]!, /^Pictures of 2 sections are left out/);
  });
});

Deno.test("gatherReport() leaves out damaged artifacts and names them", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    keep(recorder, "evaluation/validation/cut.json", `{"split":`);
    keep(recorder, "evaluation/validation/other.json", `{"ap": 1}`);
    const large = JSON.stringify({
      ...makeEvaluation(),
      volume: "large".padEnd(400_000),
    });
    keep(recorder, "evaluation/test/gone.json", large);
    recorder.finish("finished");
    Deno.removeSync(join(records.folder, "objects"), { recursive: true });

    const { runs, leftOut } = gatherReport(records, [recorder.run.id]);
    assert.deepEqual(runs[0]!.evaluations, []);
    assert.equal(leftOut.length, 3);
    assert.match(leftOut.join("\n"), /gone\.json of .* is left out: Cannot/);
    assert.match(leftOut.join("\n"), /cut\.json of .* is no evaluation record/);
  });
});

Deno.test("gatherReport() takes null in a curve for a gap", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRunData().run);
    const record = makeEvaluation({
      precisionRecall: [{ threshold: 1, precision: NaN, recall: 0 }],
    });
    keep(recorder, "evaluation/validation/a.json", JSON.stringify(record));
    recorder.finish("finished");
    const { runs } = gatherReport(records, [recorder.run.id]);
    assert.deepEqual(runs[0]!.evaluations[0]!.record, record);
  });
});

Deno.test("gatherReport() fails for a run that does not exist", () => {
  withRecords((records) => {
    assert.throws(() => gatherReport(records, ["nope"]), ExperimentError);
  });
});
