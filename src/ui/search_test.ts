import { deepStrictEqual, throws } from "node:assert/strict";
import { withRecords } from "@/record/_testing.ts";
import type { Show } from "@/report/mod.ts";
import { recordRun } from "./_testing.ts";
import { LiveTable } from "./live_table.ts";
import { searchRuns } from "./search.ts";

Deno.test("searchRuns() finds by words, else by a condition, and tells what is wrong with one", () => {
  withRecords((records) => {
    const dice = recordRun(records, {
      experiment: "table",
      variant: { loss: "dice", seed: "1" },
      meanwhile: (recorder) =>
        recorder.metric({
          ...{ split: "validation", name: "ap", step: 1, value: 0.6 },
        }),
    });
    const other = recordRun(records, { experiment: "other", tags: ["a.b"] });
    const search = (text: string, show: Show = "current") => {
      const table = new LiveTable(show);
      table.read(records, { isStopping: () => false, tasks: [] });
      const { runs: rows } = table;
      return searchRuns(records, { show, rows, text, knows: () => false })
        .toSorted();
    };
    deepStrictEqual(search("DICE  table"), [dice]);
    deepStrictEqual(search("table dice nothing"), []);
    deepStrictEqual(search("finished"), [dice, other].toSorted());
    deepStrictEqual(search("ap > 0.5"), [dice]);
    deepStrictEqual(search("experiment = other or tag = paper"), [other]);
    throws(() => search("ap >"), /Cannot/);
    throws(() => search("nosuch = 1"), /nosuch/);
    deepStrictEqual(search("table", "archived"), []);
  });
});
