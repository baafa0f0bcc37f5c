import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import {
  inTemporaryFolder,
  newRun,
  newVerdict,
  withRecords,
} from "./_testing.ts";
import { openRecords } from "./records.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("openRecords() reads back all a run was given", () => {
  inTemporaryFolder((folder) => {
    let id: string;
    {
      using records = openRecords(folder);
      using recorder = records.startRun(newRun());
      id = recorder.run.id;
      recorder.artifact("plan.json", "application/json", bytesOf("{}"));
      recorder.finish("finished", undefined, newVerdict());
    }
    using records = openRecords(folder, { readOnly: true });
    const run = records.run(id);
    deepStrictEqual(run, {
      ...newRun(),
      id,
      state: "finished",
      stoppedAfter: null,
      reason: null,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      verdict: newVerdict(),
    });
    deepStrictEqual(records.artifact(id, "plan.json"), bytesOf("{}"));
    assertEquals(records.folder, folder);
  });
});

Deno.test("openRecords() refuses to read where nothing was recorded", () => {
  inTemporaryFolder((folder) => {
    throws(
      () => openRecords(join(folder, "none"), { readOnly: true }),
      (error) =>
        error instanceof ExperimentError &&
        error.message === "Cannot read the records: there are none yet",
    );
    throws(() => Deno.statSync(join(folder, "none")), Deno.errors.NotFound);
  });
});

Deno.test("openRecords() refuses a file that is no database", () => {
  inTemporaryFolder((folder) => {
    const path = join(folder, "runs.sqlite");
    Deno.writeTextFileSync(path, "This is a text.\n".repeat(100));
    for (const readOnly of [false, true]) {
      throws(() => openRecords(folder, { readOnly }), /database is damaged/);
    }
    ok(Deno.readTextFileSync(path).startsWith("This is a text.\n"));
  });
});

Deno.test("openRecords() refuses a newer database and leaves it as it is", () => {
  inTemporaryFolder((folder) => {
    openRecords(folder)[Symbol.dispose]();
    const path = join(folder, "runs.sqlite");
    {
      using db = new DatabaseSync(path);
      db.exec("PRAGMA user_version = 1000");
    }
    const before = Deno.readFileSync(path);
    for (const readOnly of [false, true]) {
      throws(() => openRecords(folder, { readOnly }), /have format 1000/);
    }
    deepStrictEqual(Deno.readFileSync(path), before);
  });
});

Deno.test("openRecords() migrates an older database, also only to read", () => {
  inTemporaryFolder((folder) => {
    { // A database that never got beyond its first bytes.
      using db = new DatabaseSync(join(folder, "runs.sqlite"));
      db.exec("PRAGMA journal_mode = WAL");
    }
    using records = openRecords(folder, { readOnly: true });
    deepStrictEqual(records.runs(), []);
  });
});

Deno.test("Records.run() takes an id, its beginning or last", () => {
  withRecords((records) => {
    const [a, , c] = ["alpha", "alps", "beta"].map((experiment) => {
      using recorder = records.startRun(newRun({ experiment }));
      return recorder.run.id;
    });
    assertEquals(records.run(a!).id, a);
    assertEquals(records.run("alpha").id, a);
    assertEquals(records.run("b").id, c);
    assertEquals(records.run("last").id, c);
    throws(() => records.run("al"), /"al" is: 2 begin like that/);
    throws(() => records.run(""), /there is none/);
  });
});

Deno.test("Records.run() names the nearest run where there is none", () => {
  withRecords((records) => {
    throws(() => records.run("last"), { fix: "Run an experiment first" });
    using recorder = records.startRun(newRun());
    const id = recorder.run.id;
    throws(() => records.run(id.replace("mix", "max")), {
      fix: `Did you mean "${id}"?`,
    });
    throws(() => records.run("zzz"), { fix: `The latest are ${id}` });
  });
});

Deno.test("Records.runs() lists in the order of starting, also when the clock is set back", () => {
  withRecords((records) => {
    const clock = Date.now;
    try {
      const ids = [5, 4, 3].map((hour) => {
        Date.now = () => Date.UTC(2026, 10, 23, hour);
        using recorder = records.startRun(newRun());
        recorder.finish("finished");
        return recorder.run.id;
      });
      deepStrictEqual(records.runs().map((run) => run.id), ids);
      assertEquals(records.run("last").id, ids[2]);
    } finally {
      Date.now = clock;
    }
  });
});

Deno.test("Records.startRun() gives every run of one millisecond its own name", () => {
  withRecords((records) => {
    const clock = Date.now;
    Date.now = () => Date.UTC(2026, 10, 23);
    try {
      const ids = Array.from({ length: 100 }, () => {
        using recorder = records.startRun(newRun());
        return recorder.run.id;
      });
      assertEquals(new Set(ids).size, 100);
    } finally {
      Date.now = clock;
    }
  });
});

Deno.test("Records.runs() filters by experiment, state and plan", () => {
  withRecords((records) => {
    using a = records.startRun(newRun({ experiment: "a", planHash: "p" }));
    using b = records.startRun(newRun({ experiment: "a", planHash: "q" }));
    using c = records.startRun(newRun({ experiment: "c", planHash: "q" }));
    b.finish("failed", "the disk is full");
    const ids = (runs: readonly { id: string }[]) => runs.map((run) => run.id);
    deepStrictEqual(ids(records.runs()), [a.run.id, b.run.id, c.run.id]);
    deepStrictEqual(ids(records.runs({ experiment: "a" })), [
      a.run.id,
      b.run.id,
    ]);
    deepStrictEqual(ids(records.runs({ planHash: "q" })), [b.run.id, c.run.id]);
    deepStrictEqual(ids(records.runs({ state: "failed", planHash: "q" })), [
      b.run.id,
    ]);
    using d = records.startRun(newRun({ planHash: "q", trainingHash: "t" }));
    deepStrictEqual(ids(records.runs({ trainingHash: "t" })), [d.run.id]);
    deepStrictEqual(records.runs({ trainingHash: "t", planHash: "p" }), []);
  });
});

Deno.test("Records.metrics() orders by split, name and step, and filters", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const id = recorder.run.id;
    const points = [
      { split: "validation", name: "ap", step: 10, value: 0.5 },
      { split: "train", name: "loss", step: 2, value: 2 },
      { split: "train", name: "ap", step: 1, value: 3 },
      { split: "train", name: "loss", step: 1, value: 4 },
    ] as const;
    recorder.metrics(points);
    recorder.flush();
    const [d, b, a, c] = points;
    deepStrictEqual(records.metrics(id), [a, c, b, d]);
    deepStrictEqual(records.metrics(id, { name: "ap" }), [a, d]);
    deepStrictEqual(records.metrics(id, { split: "train", name: "loss" }), [
      c,
      b,
    ]);
    deepStrictEqual(records.metricSeries(id)[1], {
      split: "train",
      name: "loss",
      steps: [1, 2],
      values: [4, 2],
    });
    deepStrictEqual(records.lastMetrics(id), {
      "train/ap": 3,
      "train/loss": 2,
      "validation/ap": 0.5,
    });
  });
});

Deno.test("Records.metrics() gives back NaN, infinities and minus zero", () => {
  withRecords((records) => {
    const values = [NaN, Infinity, -Infinity, -0, 0, 1, 0.1, 5e-324, 2 ** 60];
    using recorder = records.startRun(newRun());
    recorder.metrics(
      values.map((value, step) => ({ split: "train", name: "a", step, value })),
    );
    recorder.flush();
    const id = recorder.run.id;
    deepStrictEqual(records.metrics(id).map((point) => point.value), values);
  });
});

Deno.test("Records.metricsThinned() bounds the points of each series", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    for (let step = 1; step <= 2000; step++) {
      const value = step === 777 ? 9 : Math.cos(step);
      recorder.metric({ split: "train", name: "loss", step, value });
    }
    recorder.flush();
    const [series, ...more] = records.metricsThinned("last", { perSeries: 50 });
    deepStrictEqual(more, []);
    ok(series!.steps.length <= 50);
    assertEquals(series!.values[series!.steps.indexOf(777)], 9);
  });
});

Deno.test("Records.continueRun() makes room for the steps to come again", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const id = recorder.run.id;
    for (let step = 1; step <= 4; step++) {
      recorder.metric({ split: "train", name: "loss", step, value: step });
      recorder.weightHashes([{ step, layer: "a", sha256: "0".repeat(64) }]);
      recorder.samples([2 * step - 2, 2 * step - 1].map((index) => ({
        index,
        step,
        sha256: "0".repeat(64),
        drawn: null,
      })));
    }
    recorder.finish("interrupted");
    using _again = records.continueRun(id, { afterStep: 2 });
    deepStrictEqual(records.resumes(id).map(({ step }) => step), [2]);
    deepStrictEqual(records.lastMetrics(id), { "train/loss": 2 });
    deepStrictEqual(records.sampleIndices(id), [0, 1, 2, 3]);
    deepStrictEqual(records.metrics(id).map((point) => point.step), [1, 2]);
    deepStrictEqual(records.weightHashes(id).map((hash) => hash.step), [1, 2]);
  });
});

Deno.test("Records.continueRun() goes on with what ended early", () => {
  withRecords((records) => {
    for (const state of ["interrupted", "failed"] as const) {
      using first = records.startRun(newRun());
      first.log("info", "one");
      first.weightHashes([{ step: 1, layer: "b", sha256: "0".repeat(64) }]);
      first.finish(state, "because");
      using second = records.continueRun(first.run.id, { afterStep: 1 });
      const { state: now, reason, finishedAt } = records.run(first.run.id);
      deepStrictEqual([now, reason, finishedAt], ["running", null, null]);
      second.log("info", "two");
      second.weightHashes([{ step: 1, layer: "a", sha256: "1".repeat(64) }]);
      second.finish("finished");
      const texts = records.log(first.run.id).map((line) => line.text);
      deepStrictEqual(texts, ["one", "two"]);
      const layers = records.weightHashes(first.run.id).map((h) => h.layer);
      deepStrictEqual(layers, ["b", "a"]);
    }
  });
});

Deno.test("Records.continueRun() refuses a finished and a living run", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    throws(
      () => records.continueRun("last", { afterStep: 0 }),
      (error) =>
        error instanceof ExperimentError &&
        error.message.includes(`process ${Deno.pid} on `),
    );
    recorder.finish("finished");
    throws(
      () => records.continueRun("last", { afterStep: 0 }),
      /it has finished/,
    );
  });
});

Deno.test("Records.previousVerdicts() lists what reruns found", () => {
  withRecords((records) => {
    using original = records.startRun(newRun());
    const rerunOf = original.run.id;
    const different = newVerdict({ step: 3, what: "train loss is 1, was 2" });
    const atEnd = newVerdict({ step: null, what: "nothing came\0" });
    const found = [newVerdict(), undefined, different, atEnd];
    const ids = found.map((verdict) => {
      using rerun = records.startRun(newRun({ rerunOf }));
      rerun.finish("finished", undefined, verdict);
      return rerun.run.id;
    });
    deepStrictEqual(records.previousVerdicts(rerunOf), [
      { id: ids[0], verdict: newVerdict() },
      { id: ids[2], verdict: different },
      {
        id: ids[3],
        verdict: newVerdict({ step: null, what: "nothing came\u2400" }),
      },
    ]);
  });
});

Deno.test("Records.artifact() names the nearest where there is none", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.artifact("plan.json", "application/json", bytesOf("{}"));
    throws(() => records.artifact("last", "plan.jsn"), {
      fix: 'Did you mean "plan.json"?',
    });
  });
});

Deno.test("openRecords() reads a copy of what is written at this moment", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.log("info", "it goes on");
    const options = { readOnly: true, asCopy: true };
    using copy = openRecords(records.folder, options);
    const [run] = copy.runs();
    assertEquals(run?.state, "running"); // by the lock beside the original
    recorder.finish("finished");
    assertEquals(copy.runs()[0]?.state, "running");
    using later = openRecords(records.folder, options);
    assertEquals(later.runs()[0]?.state, "finished");
  });
});

Deno.test("openRecords() alone waits for others, and keeps them out", () => {
  inTemporaryFolder((folder) => {
    const impatient = { timeoutMs: 10, patienceMs: 20 };
    const alone = () => openRecords(folder, { ...impatient, isAlone: true });
    {
      using _other = openRecords(folder);
      throws(alone, /another program keeps the database locked/);
    }
    {
      using one = alone();
      one.startRun(newRun()).finish("finished");
      assertEquals(statIfThere(join(folder, "runs.sqlite-shm")), null);
      throws(() => openRecords(folder, impatient), /keeps the database locked/);
    }
    using again = openRecords(folder, { readOnly: true });
    assertEquals(again.runs().length, 1);
  });
});
