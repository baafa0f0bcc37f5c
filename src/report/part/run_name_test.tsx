import { deepEqual, equal, match } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";
import { openPage } from "../page.ts";
import { RunKey, RunName, RunNames } from "./run_name.tsx";

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

Deno.test("RunNames() says all or both where that is meant, else names ten", () => {
  const named = (count: number, all: number) =>
    see(<RunNames runs={runs(count)} all={all} />).lines[0]!;
  equal(named(2, 2), "both runs");
  equal(named(3, 3), "all 3 runs");
  equal(named(1, 1), "r0");
  equal(named(2, 3), "r0 r1");
  equal(named(12, 20), runs(12).map(({ label }) => label).join(" "));
  equal(
    named(13, 20),
    `${runs(10).map(({ label }) => label).join(" ")} and 3 more`,
  );
});
