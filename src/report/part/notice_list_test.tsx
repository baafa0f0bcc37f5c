import { deepEqual, equal } from "node:assert/strict";
import { see as seeNode } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";
import { openPage } from "../page.ts";
import { NoticeList } from "./notice_list.tsx";

const see = (
  runs: Parameters<typeof makeReport>[0],
  leftOut: readonly string[] = [],
) =>
  seeNode(<NoticeList page={openPage(makeReport(runs, { leftOut }))} />).lines;

const failed = makeRunData({ state: "failed", experiment: "a" });
const text = "This run failed; its numbers end where it did";

Deno.test("NoticeList() marks how grave a notice is, and names the runs", () => {
  deepEqual(see([failed]), [`✕ ${text}`]); // of the only run
  const resumed = makeRunData({ experiment: "c", reason: "was resumed" });
  deepEqual(
    see([makeRunData({ experiment: "b" }), failed, resumed], ["No pictures"]),
    [`✕ ${text} a`, "! No pictures", "i This run was resumed c"],
  );
});

Deno.test("NoticeList() folds what is beyond eight notices", () => {
  const lines = (count: number) =>
    see([], Array.from({ length: count }, (_, i) => `n${i}`));
  equal(lines(8).at(-1), "! n7");
  deepEqual(lines(10).slice(7), ["! n7", "2 more", "! n8", "! n9"]);
});

Deno.test("NoticeList() is not there without a notice", () => {
  deepEqual(see([makeRunData()]), []);
});
