import { deepStrictEqual } from "node:assert/strict";
import { newRun, withRecords } from "@/record/_testing.ts";
import { recordRun } from "./_testing.ts";
import { LiveTable } from "./live_table.ts";

const none = () => false;

Deno.test("LiveTable tells whoever knows it up to a version the rest, and nothing twice", () => {
  withRecords((records) => {
    const table = new LiveTable("current"),
      archived = new LiveTable("archived");
    const read = (isStopping = none) => {
      table.read(records, { isStopping, tasks: [] });
      archived.read(records, { isStopping, tasks: [] });
    };
    read();
    deepStrictEqual([table.version, table.runs], [0, []]);
    const first = recordRun(records), second = recordRun(records);
    read();
    deepStrictEqual(table.runs.map(({ id }) => id), [second, first]);
    deepStrictEqual(table.since(0).runs, table.runs);
    deepStrictEqual([second, first].map((id) => table.above(id)), [
      ...[null, second],
    ]);
    const known = table.version;
    read();
    deepStrictEqual(table.version, known);
    deepStrictEqual(table.since(known), { runs: [], gone: [] });
    const { runs } = records.collection.select({ among: new Set([first]) });
    records.collection.mark(runs, { add: ["paper"] });
    read();
    const change = table.since(known);
    deepStrictEqual(change.gone, []);
    deepStrictEqual(change.runs.map(({ id, tags }) => [id, tags]), [
      [first, ["paper"]],
    ]);
    records.collection.archive(runs);
    read();
    deepStrictEqual(table.since(known), { runs: [], gone: [first] });
    deepStrictEqual(archived.runs.map(({ id }) => id), [first]);
    records.collection.restore(runs);
    read();
    const back = table.since(known);
    deepStrictEqual([back.runs.map(({ id }) => id), back.gone], [[first], []]);
  });
});

Deno.test("LiveTable shows what ranks first, and that a run was asked to stop while it runs", () => {
  withRecords((records) => {
    const table = new LiveTable("current");
    using recorder = records.startRun(
      newRun({ ranking: { name: "dice", better: "higher" } }),
    );
    const { id } = recorder.run;
    recorder.metric({ split: "validation", name: "ap", step: 1, value: 0.5 });
    recorder.metric({ split: "validation", name: "dice", step: 1, value: 0.7 });
    recorder.flush();
    table.read(records, { isStopping: (one) => one === id, tasks: [] });
    deepStrictEqual(table.scores, ["dice", "ap"]);
    const [run] = table.runs;
    deepStrictEqual([run!.scores, run!.isStopping], [[0.7, 0.5], true]);
    recorder.finish("interrupted", "asked to");
    table.read(records, { isStopping: (one) => one === id, tasks: [] });
    deepStrictEqual(table.runs[0]!.isStopping, false);
  });
});
