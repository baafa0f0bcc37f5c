import { deepEqual, doesNotMatch, match } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { newLiveRun } from "./_testing.ts";
import { jobsHtml } from "./job_list.tsx";
import { rowsHtml } from "./rows_html.tsx";
import { RunProgressBar } from "./run_progress.tsx";
import { countsText, runsPage } from "./runs_page.tsx";

const none = { experiments: [], jobs: [], silence: "" };
const server = {
  ...{ base: "/s/", token: "t", version: 1 },
  again: "deno task ui --results 'a b' --port 8890",
};

Deno.test("runsPage() has a row for each run: names, state, numbers, what people say", () => {
  const runs = [
    newLiveRun({ tags: ["paper"], note: "table 2", group: "ablation" }),
    newLiveRun({
      ...{ id: "4711_3", label: "waits", state: "queued", isRecorded: false },
      ...{ startedAt: null, finishedAt: null },
    }),
  ];
  const page = runsPage(
    {
      folder: "/results",
      show: "current",
      runs,
      scores: ["ap", "dice"],
      ...none,
    },
    server,
  );
  const { lines } = see(page);
  const table = lines.slice(lines.findIndex((line) => /\| Run \|/.test(line)));
  deepEqual(table.slice(0, 3), [
    "| Run | State | AP ↑ | Dice ↑ | Seed | Started, UTC | Took | Tags",
    "| mixloss · dice mixloss-1 ablation: table 2 | ✓ finished | 0.512 | – | " +
    "7 | 2026-11-27 18:05 | 1 h 04 min | paper",
    "| waits 4711_3 | ◷ queued | 0.512 | – | 7 | – | – |",
  ]);
  match(page, /connect-src &#39;self&#39;|connect-src 'self'/);
});

Deno.test("runsPage() says where runs would be, if there are none", () => {
  for (const show of ["current", "archived", "deleted"] as const) {
    const page = runsPage(
      { folder: "/r", show, runs: [], scores: [], ...none },
      server,
    );
    match(page, /class="empty"/);
    match(page, /<tbody><\/tbody>/); // rows come by themselves
    match(page, /<code[^>]*>deno task ui --results 'a b' --port 8890</);
  }
});

Deno.test("rowsHtml() shows hostile names, tags and notes as text", () => {
  const evil = `"><img src=x onerror=alert(1)><script>`;
  const html = Object.values(rowsHtml([
    newLiveRun({
      ...{ id: evil, label: evil, note: evil, group: evil, tags: [evil] },
      reason: evil,
    }),
  ], ["ap", "dice"])).join();
  doesNotMatch(html, /<img|<script/);
});

Deno.test("RunProgressBar() tells the share done and the time left, as far as known", () => {
  const words = (
    progress: Parameters<typeof newLiveRun>[0]["progress"],
    changes: Parameters<typeof newLiveRun>[0] = {},
  ) => {
    const run = newLiveRun({
      state: "running",
      progress: progress!,
      ...changes,
    });
    return see(<RunProgressBar run={run} />).lines.join();
  };
  deepEqual(words({ step: 5, steps: 20, leftS: 90 }), "25 %, 1 min 30 s left");
  deepEqual(words({ step: 5, steps: null, leftS: null }), "step 5");
  deepEqual(words({ step: 20, steps: 20, leftS: 0 }), "measuring");
  deepEqual(
    words({ step: 20, steps: 20, leftS: null }, { state: "crashed" }),
    "100 %",
  );
  deepEqual(
    words({ step: 5, steps: 20, leftS: 90 }, { isStopping: true }),
    "stopping after this step",
  );
  deepEqual(words(null), "");
});

Deno.test("countsText() says how many stand how, those finished aside", () => {
  deepEqual(countsText([], ""), "0 runs");
  deepEqual(countsText([newLiveRun({})], "no answer"), "1 run; no answer");
  const states = ["finished", "running", "crashed", "running"] as const;
  deepEqual(
    countsText(states.map((state) => newLiveRun({ state })), ""),
    "4 runs, 2 running, 1 crashed",
  );
});

Deno.test("jobsHtml() opens what failed, and says that what was asked to stop did", () => {
  const html = (changes: { code: number | null; isStopping?: boolean }) =>
    jobsHtml([{
      ...{ number: 1, command: "deno task run ./<b>.yaml", pid: 7 },
      ...{ isStopping: false, lines: ["<i>"], ...changes },
    }]);
  const badges = [
    html({ code: null }),
    html({ code: null, isStopping: true }),
    html({ code: 0, isStopping: true }),
    html({ code: 1, isStopping: true }),
    html({ code: 1 }),
  ];
  deepEqual(
    badges.map((text) => [
      /badge is-([^"]+)">([^<]+)/.exec(text)!.slice(1).join(": "),
      /<details[^>]* open/.test(text),
      /data-stop-job/.test(text),
    ]),
    [
      ["running: running", false, true],
      ["running: stopping", false, true],
      ["finished: done", false, false],
      ["interrupted: stopped", false, false],
      ["failed: ended with 1", true, false],
    ],
  );
  doesNotMatch(badges.join(), /<b>|<i>/);
});
