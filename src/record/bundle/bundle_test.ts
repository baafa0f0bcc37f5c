import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder, newRun } from "../_testing.ts";
import { inlineBytes } from "../_object_store.ts";
import { openRecords, type Records } from "../records.ts";
import type { NewRun } from "../types.ts";
import { bringRuns } from "./bring_runs.ts";
import { openBundle, writeBundle } from "./bundle.ts";

/** Records a run with something in every table; its id. */
function recordRun(
  records: Records,
  names: readonly string[],
  changes: Partial<NewRun> = {},
): string {
  using recorder = records.startRun(newRun(changes));
  for (const [i, name] of names.entries()) {
    recorder.metrics([1, 2].map((step) => ({
      ...{ split: "train", name, step, value: step === 1 ? NaN : -0.5 * i },
    })));
    recorder.weightHashes([{ step: 2, layer: name, sha256: "1f".repeat(32) }]);
  }
  recorder.samples([{
    index: 3,
    step: 1,
    sha256: "2e".repeat(32),
    drawn: "{}",
  }]);
  recorder.log("warning", "<b>");
  recorder.artifact("small", "text/plain", Uint8Array.of(1, 2));
  recorder.artifact("large", "text/plain", new Uint8Array(inlineBytes + 1));
  recorder.finish("finished");
  return recorder.run.id;
}

/** All that is said of a run. */
function allOf(records: Records, id: string) {
  return {
    run: records.run(id),
    metrics: records.metrics(id),
    last: records.lastMetrics(id),
    hashes: records.weightHashes(id),
    samples: records.samples(id),
    log: records.log(id),
    artifacts: records.artifacts(id).map(({ name, ...artifact }) => ({
      ...artifact,
      content: records.artifact(id, name),
    })),
  };
}

Deno.test("bringRuns() copies all that is said of a run, between runs of other names", () =>
  inTemporaryFolder((folder) => {
    const [from, to] = ["from", "to"].map((name) => join(folder, name));
    using source = openRecords(from!);
    using target = openRecords(to!);
    recordRun(source, ["c", "b"]);
    const id = recordRun(source, ["a", "b"], { experiment: "second" });
    const other = recordRun(target, ["x", "b", "a"], { experiment: "third" });
    const before = allOf(target, other);
    deepStrictEqual(bringRuns([id], { from: from!, to: to! }), {
      brought: [id],
      had: [],
    });
    deepStrictEqual(allOf(target, id), allOf(source, id));
    deepStrictEqual(allOf(target, other), before);
    deepStrictEqual(bringRuns([id], { from: from!, to: to! }), {
      brought: [],
      had: [id],
    });
    deepStrictEqual(target.runs().map((run) => run.id), [other, id]);
  }));

Deno.test("bringRuns() brings what a run began with, before it", () =>
  inTemporaryFolder((folder) => {
    const [from, to] = ["from", "to"].map((name) => join(folder, name));
    using source = openRecords(from!);
    const first = recordRun(source, ["a"]);
    const input = { ...newRun().inputs[0]!, role: "init", run: first };
    const second = recordRun(source, ["a"], { inputs: [input] });
    const third = recordRun(source, ["a"], { trainedBy: second });
    deepStrictEqual(bringRuns([third], { from: from!, to: to! }).brought, [
      ...[first, second, third],
    ]);
  }));

Deno.test("bringRuns() puts a run that has finished in the place of itself cut, with its marks", () =>
  inTemporaryFolder((folder) => {
    const [from, to] = ["from", "to"].map((name) => join(folder, name));
    const folders = { from: from!, to: to! };
    let id: string;
    {
      using records = openRecords(from!);
      using recorder = records.startRun(newRun());
      recorder.log("info", "first part");
      recorder.finish("interrupted");
      id = recorder.run.id;
    }
    deepStrictEqual(bringRuns([id], folders).brought, [id]);
    deepStrictEqual(bringRuns([id], folders).had, [id]); // no further than it was
    {
      using records = openRecords(to!);
      const { runs } = records.collection.select({});
      records.collection.mark(runs, { add: ["paper"], note: "look at it" });
    }
    {
      using records = openRecords(from!);
      using recorder = records.continueRun(id, { afterStep: 0 });
      recorder.log("info", "second part");
      recorder.finish("finished");
    }
    deepStrictEqual(bringRuns([id], folders).brought, [id]);
    using records = openRecords(to!, { readOnly: true });
    deepStrictEqual(records.runs().map(({ state }) => state), ["finished"]);
    deepStrictEqual(
      records.log(id).map(({ text }) => text).filter((text) =>
        text.endsWith("part")
      ),
      ["first part", "second part"],
    );
    const { tags, note, group } = records.collection.marksOf(id);
    deepStrictEqual([tags.includes("paper"), note, group], [
      true,
      "look at it",
      null,
    ]);
  }));

Deno.test("bringRuns() puts a run that was stopped further on in the place of itself", () =>
  inTemporaryFolder((folder) => {
    const [from, to] = ["from", "to"].map((name) => join(folder, name));
    const folders = { from: from!, to: to! };
    let id = "";
    const goOn = (place: string, step: number, isCut = false) => {
      using records = openRecords(place);
      using recorder = id === ""
        ? records.startRun(newRun())
        : records.continueRun(id, { afterStep: step - 1 });
      id = recorder.run.id;
      recorder.metrics([{ split: "train", name: "loss", step, value: 1 }]);
      if (isCut) recorder.finish("interrupted");
      else recorder.stop(step);
    };
    const came = () => bringRuns([id], folders).brought.length;
    goOn(from!, 1);
    deepStrictEqual([came(), came()], [1, 0]);
    goOn(from!, 2);
    deepStrictEqual([came(), came()], [1, 0]);
    goOn(to!, 3, true);
    deepStrictEqual(came(), 0, "it is behind");
    goOn(from!, 3);
    deepStrictEqual(came(), 1, "it is as far, and not cut");
    using records = openRecords(to!, { readOnly: true });
    deepStrictEqual(records.run(id).stoppedAfter, 3);
  }));

Deno.test("bringRuns() refuses what is not there, goes on, or is damaged, and brings nothing of it", () =>
  inTemporaryFolder((folder) => {
    const [from, to] = ["from", "to"].map((name) => join(folder, name));
    const folders = { from: from!, to: to! };
    using source = openRecords(from!);
    const id = recordRun(source, ["a"]);
    throws(
      () => bringRuns(["nosuch"], folders),
      /Cannot copy nosuch: there is no/,
    );
    using recorder = source.startRun(newRun());
    throws(() => bringRuns([recorder.run.id], folders), /it is going on/);
    recorder.finish("finished");
    const objects = join(from!, "objects");
    Deno.removeSync(objects, { recursive: true });
    throws(() => bringRuns([id], folders), /its file is gone/);
    using target = openRecords(to!);
    deepStrictEqual(target.runs(), []);
  }));

Deno.test("writeBundle() makes one file, which has runs and files again", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "table.cleft"), from = join(folder, "from");
    using source = openRecords(from);
    const id = recordRun(source, ["a", "b"]);
    const files = [
      { name: "page.html", content: new TextEncoder().encode("<p>") },
      { name: "data/a/b.hdf", content: Uint8Array.of(0, 255) },
    ];
    deepStrictEqual(writeBundle(path, { folder: from, runs: [id], files }), [
      id,
    ]);
    deepStrictEqual(
      [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
      ["from", "table.cleft"],
    );
    using bundle = openBundle(path);
    deepStrictEqual(allOf(bundle.records, id), allOf(source, id));
    deepStrictEqual(
      [...bundle.files()].map(({ name, content }) => [name, [...content]]),
      files.map(({ name, content }) => [name, [...content]]),
    );
  }));

Deno.test("openBundle() refuses what is no bundle, and what was changed in one", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.cleft"), from = join(folder, "from");
    Deno.writeTextFileSync(path, "no database, but long enough to be one");
    throws(
      () => openBundle(path),
      /it is damaged, or no bundle\n.*\n.*Get it again/,
    );
    using source = openRecords(from);
    const id = recordRun(source, ["a"]);
    Deno.copyFileSync(join(from, "runs.sqlite"), path);
    throws(() => openBundle(path), ExperimentError);
    const mark = "look for this text";
    const files = [{ name: "a", content: new TextEncoder().encode(mark) }];
    writeBundle(path, { folder: from, runs: [id], files });
    const bytes = Deno.readFileSync(path);
    const at = new TextDecoder("latin1").decode(bytes).indexOf(mark);
    bytes[at]! ^= 1;
    Deno.writeFileSync(path, bytes);
    using bundle = openBundle(path);
    throws(() => [...bundle.files()], (error) => {
      match(`${error}`, /"a" is not what was put in/);
      return true;
    });
  }));
