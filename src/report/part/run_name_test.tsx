import { deepEqual, match } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";
import { openPage } from "../page.ts";
import { RunKey, RunName } from "./run_name.tsx";

const runs = (count: number) =>
  openPage(makeReport(
    Array.from({ length: count }, (_, i) =>
      makeRunData({ id: `id${i}`, experiment: `r${i}` })),
  )).runs;

Deno.test("RunName() is the label, its id under the pointer", () => {
  const [run] = runs(1);
  const { lines, titles } = see(<RunName run={run!} />);
  deepEqual([lines, titles], [["r0"], ["id0"]]);
});

Deno.test("RunKey() looks as the run's curve does", () => {
  const all = runs(8);
  match(see(<RunKey run={all[1]!} />).html, /run-1.*round.*"none"/);
  match(see(<RunKey run={all[7]!} />).html, /run-1.*butt.*"7 4"/);
});
