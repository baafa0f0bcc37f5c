import assert from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { withRecords } from "@/record/_testing.ts";
import type { Records, Run } from "@/record/mod.ts";
import { gatherMatrix, gatherReport } from "./gather.ts";
import { keep, makeEvaluation, makeRun, makeRunData } from "./_testing.ts";
import { fullReport } from "./_full_testing.ts";

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
      keep(recorder, { [`${base}.json`]: JSON.stringify(record) });
      for (const { z, raw, truth, prediction } of keys) {
        keep(recorder, {
          [`${base}/${z}/raw.png`]: pictures.get(raw)!,
          [`${base}/${z}/truth.png`]: pictures.get(truth!)!,
          [`${base}/${z}/prediction.png`]: pictures.get(prediction!)!,
        });
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
    assert.match(data.shortened!, /^Pictures of 2 sections are left out/);
  });
});

Deno.test("gatherReport() leaves out damaged artifacts and names them", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    keep(recorder, {
      "evaluation/validation/cut.json": `{"split":`,
      "evaluation/validation/other.json": `{"ap": 1}`,
    });
    const large = JSON.stringify({
      ...makeEvaluation(),
      volume: "large".padEnd(400_000),
    });
    keep(recorder, { "evaluation/test/gone.json": large });
    recorder.finish("finished");
    Deno.removeSync(join(records.folder, "objects"), { recursive: true });

    const { runs, leftOut } = gatherReport(records, [recorder.run.id]);
    assert.deepEqual(runs[0]!.evaluations, []);
    assert.equal(leftOut.length, 3);
    assert.match(leftOut.join("\n"), /gone\.json of .* is left out: Cannot/);
    assert.match(leftOut.join("\n"), /cut\.json of .* is no evaluation record/);
  });
});

Deno.test("gatherReport() shows no section whose picture is damaged", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    const base = "evaluation/validation/a";
    const sections = [{ z: 1, dice: 0.5, truthVox: 1, predictedVox: 1 }];
    const record = makeEvaluation({ volume: "a", sections });
    keep(recorder, {
      [`${base}.json`]: JSON.stringify(record),
      [`${base}/1/raw.png`]: "small",
      [`${base}/1/prediction.png`]: new Uint8Array(400_000),
    });
    recorder.finish("finished");
    Deno.removeSync(join(records.folder, "objects"), { recursive: true });
    const { runs, leftOut } = gatherReport(records, [recorder.run.id]);
    assert.deepEqual(runs[0]!.evaluations[0]!.pictures, []);
    assert.equal(leftOut.length, 1); // said once, however often it is asked for
    assert.match(
      leftOut.join(),
      /1\/prediction\.png of .* is left out: Cannot/,
    );
  });
});

Deno.test("gatherReport() shows what was seen on the way, until it is evaluated", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    const sections = [{ z: 1, dice: 0.5, truthVox: 1, predictedVox: 1 }];
    const { split, step, shapeVox, voxelNm, metrics } = makeEvaluation();
    const record = { split, volume: "a", step, shapeVox, voxelNm, metrics };
    keep(recorder, {
      "sections/validation/a.json": JSON.stringify({ ...record, sections }),
      "sections/validation/a/1/raw.png": "grey",
      "sections/validation/a/1/truth.png": "truth",
      "sections/validation/a/1/prediction.png": "said",
    });
    const gathered = () => gatherReport(records, [recorder.run.id]);
    const { runs, pictures } = gathered();
    const [raw, truth, prediction] = ["grey", "truth", "said"].map(sha256Hex);
    assert.deepEqual(runs[0]!.onTheWay, [{
      record: { ...record, sections },
      pictures: [{ z: 1, raw, truth, prediction }],
    }]);
    assert.deepEqual([...pictures.keys()], [raw, prediction, truth]);
    keep(recorder, {
      "evaluation/validation/a.json": JSON.stringify(
        makeEvaluation({ volume: "a" }),
      ),
    });
    assert.deepEqual(gathered().runs[0]!.onTheWay, undefined);
    assert.deepEqual(gathered().leftOut, []);
    recorder.finish("finished");
  });
});

Deno.test("gatherReport() takes null in a curve for a gap", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRunData().run);
    const record = makeEvaluation({
      precisionRecall: [{ threshold: 1, precision: NaN, recall: 0 }],
    });
    keep(recorder, { "evaluation/validation/a.json": JSON.stringify(record) });
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

/** Records some runs with one AP each, in order. */
function recordScores(
  records: Records,
  runs: readonly (Partial<Run> & { readonly ap: number | null })[],
): string[] {
  return runs.map(({ ap, ...changes }) => {
    using recorder = records.startRun(makeRun(changes));
    const record = makeEvaluation({ metrics: { ap } });
    keep(recorder, { "evaluation/validation/a.json": JSON.stringify(record) });
    recorder.finish("finished");
    return recorder.run.id;
  });
}

Deno.test("gatherReport() is named after its experiments, three at most", () => {
  withRecords((records) => {
    const title = (...experiments: string[]) =>
      gatherReport(
        records,
        recordScores(
          records,
          experiments.map((experiment) => ({ experiment, ap: 0.5 })),
        ),
      ).title;
    assert.equal(title(), "No runs");
    assert.equal(title("a", "b", "a", "c"), "a, b, c");
    assert.equal(title("a", "b", "c", "d"), "a, b and 2 more");
    const ids = recordScores(records, [{ ap: 0.5 }]);
    assert.equal(gatherReport(records, ids, { title: "T" }).title, "T");
  });
});

Deno.test("gatherReport() keeps the order given, whatever is best", () => {
  withRecords((records) => {
    const ids = recordScores(records, [{ ap: null }, { ap: 0.2 }, { ap: 0.9 }]);
    assert.deepEqual(
      gatherReport(records, ids).runs.map(({ run }) => run.id),
      ids,
    );
  });
});

Deno.test("gatherReport() reads what an engine compiled, and what was drawn", () => {
  const engine = {
    precision: "fp32",
    peakBytes: null,
    limitBytes: 5,
    programs: [{
      ...{ name: "step", key: "ab", origin: "loaded" },
      ...{ seconds: 1.5, workBytes: null },
    }],
  };
  withRecords((records) => {
    const gathered = (engine: unknown) => {
      using recorder = records.startRun(makeRun());
      keep(recorder, { "network.svg": "<svg/>" });
      if (engine) keep(recorder, { "engine.json": JSON.stringify(engine) });
      recorder.finish("finished");
      const { runs, leftOut } = gatherReport(records, [recorder.run.id]);
      return { run: runs[0]!, leftOut };
    };
    const whole = gathered(engine);
    assert.deepEqual(whole.run.engine, engine);
    assert.equal(whole.run.network, "<svg/>");
    assert.deepEqual(whole.leftOut, []);
    assert.deepEqual(gathered(null).leftOut, []);
    const damaged = gathered({ ...engine, programs: [{ origin: "made" }] });
    assert.equal(damaged.run.engine, null);
    assert.match(damaged.leftOut[0]!, /^engine\.json of .* is no record of an/);
  });
});

Deno.test("gatherReport() takes the last 200 lines of a log", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    for (let i = 0; i < 203; i++) recorder.log("info", `line ${i}`);
    recorder.finish("finished");
    const [run] = gatherReport(records, [recorder.run.id]).runs;
    assert.deepEqual([run!.logLines, run!.log.length], [203, 200]);
    assert.equal(run!.log[0]!.text, "line 3");
  });
});

Deno.test("gatherReport() does without the pictures that are not there", () => {
  withRecords((records) => {
    using recorder = records.startRun(makeRun());
    const base = "evaluation/validation/a";
    const section = { dice: 0.5, truthVox: 1, predictedVox: 1 };
    const record = makeEvaluation({
      volume: "a",
      sections: [1, 2, 3].map((z) => ({ z, ...section })),
    });
    keep(recorder, { [`${base}.json`]: JSON.stringify(record) });
    const pictures = ["1/raw", "2/raw", "2/prediction", "3/prediction"];
    for (const name of pictures) {
      keep(recorder, { [`${base}/${name}.png`]: name });
    }
    recorder.finish("finished");
    const { runs, pictures: shown } = gatherReport(records, [recorder.run.id]);
    const [two, ...others] = runs[0]!.evaluations[0]!.pictures;
    assert.deepEqual([two!.z, two!.truth, others], [2, null, []]);
    assert.equal(shown.size, 2);
  });
});

Deno.test("gatherReport() holds a picture of several runs once", () => {
  withRecords((records) => {
    const ids = [...recordRuns(records, 1), ...recordRuns(records, 1)];
    const once = gatherReport(records, ids.slice(0, 1));
    const bytes = [...once.pictures.values()]
      .reduce((sum, { length }) => sum + length, 0);
    const data = gatherReport(records, ids, { pictureBytes: bytes });
    assert.equal(data.pictures.size, once.pictures.size);
    assert.deepEqual(
      data.runs.map(({ evaluations }) => evaluations[0]!.pictures.length),
      [2, 2],
    );
    const less = gatherReport(records, ids, { pictureBytes: bytes - 1 });
    assert.match(less.shortened!, /^Pictures of [12] sections? are left out/);
  });
});

Deno.test("gatherMatrix() takes the run of each variant, and those besides", () => {
  withRecords((records) => {
    const ids = recordScores(records, [
      { ap: 0.1, planHash: "a" },
      { ap: 0.2, planHash: "c" },
      { ap: 0.3, experiment: "other" },
    ]);
    const matrix = {
      name: "table",
      axes: [{ name: "loss", values: ["a", "b", "c"] }],
      variants: ["a", "b", "c"].map((loss) => ({
        values: { loss },
        planHash: loss,
      })),
    };
    const data = gatherMatrix(records, matrix, {
      besides: [ids[2]!, ids[0]!],
    });
    assert.equal(data.title, "table");
    assert.deepEqual(data.matrix!.ids, [ids[0], null, ids[1]]);
    assert.deepEqual(data.runs.map(({ run }) => run.id), [
      ...[ids[0], ids[1], ids[2]],
    ]);
    assert.equal(gatherMatrix(records, matrix, { title: "T" }).title, "T");
  });
});
