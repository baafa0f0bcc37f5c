import { deepEqual, match } from "node:assert/strict";
import type { LogLine } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRun, makeRunData } from "../_testing.ts";

const line = (text: string, level: LogLine["level"] = "info"): LogLine => ({
  at: "2026-11-23T21:05:01.000Z",
  level,
  text,
});

/** A run with some lines, which are the end of `logLines`. */
const logged = (count: number, logLines = count) =>
  makeRunData({}, {
    log: Array.from({ length: count }, (_, i) => line(`line ${i}`)),
    logLines,
  });

const see = (
  runs: Parameters<typeof makeReport>[0],
  options?: Readonly<Record<string, unknown>>,
) => seeSection({ type: "log", ...options }, makeReport(runs)).lines;

Deno.test("log shows the time, the level if it is none of the usual, and the text", () => {
  const run = makeRunData({}, {
    log: [line("begins"), line("slow", "warning")],
    logLines: 2,
  });
  deepEqual(see([run]), [
    "mixloss ✓ finished 2 lines",
    "21:05:01 begins",
    "21:05:01 warning: slow",
  ]);
});

Deno.test("log shows the last lines and says of how many they are", () => {
  const shown = see([logged(100, 200)]);
  deepEqual(shown.length, 61);
  deepEqual([shown[0], shown[1], shown[60]], [
    "mixloss ✓ finished last 60 of 200 lines",
    "21:05:01 line 40",
    "21:05:01 line 99",
  ]);
  deepEqual(see([logged(5)], { lines: 2 }).slice(1), [
    "21:05:01 line 3",
    "21:05:01 line 4",
  ]);
});

Deno.test("log shares its lines among the runs, three of each at least", () => {
  const shown = (linesInAll: number) =>
    see([logged(9), makeRunData({ id: "b" }), logged(9)], { linesInAll })
      .filter((text) => text.includes("line "));
  deepEqual(shown(12).length, 12); // the second run has none to show
  deepEqual(shown(13).length, 12);
  deepEqual(shown(2).length, 6);
});

Deno.test("log opens with the reason of a failure, even where no line is left", () => {
  const failed = {
    id: "a",
    state: "failed",
    reason: "The disk is full",
  } as const;
  const { lines, html } = seeSection(
    { type: "log" },
    makeReport([makeRunData(failed), {
      ...logged(1),
      run: makeRun({ id: "b" }),
    }]),
  );
  deepEqual(lines, [
    "mixloss · a ✕ failed 0 lines",
    "The disk is full",
    "mixloss · b ✓ finished 1 line",
    "21:05:01 line 0",
  ]);
  assertEquals(html.match(/<pre/g)?.length, 1); // no empty box
  match(
    html,
    /<details class="log" data-run="0" open>.*<details class="log" data-run="1"\s*>/,
  );
});

Deno.test("log shows nothing where no run has said a thing", () => {
  deepEqual(see([makeRunData()]), []);
});
