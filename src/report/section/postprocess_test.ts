import { deepEqual, match } from "node:assert/strict";
import type { PostprocessRecord } from "@/record/mod.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";

const record: PostprocessRecord = {
  steps: [
    { type: "smooth", sigmaVox: [0, 1, 1] },
    { type: "size", minVox: 50 },
  ],
  ...{ threshold: 0.4, split: "validation", tunedBy: "dice" },
  swept: [{ at: 1, option: "minVox" }],
  tried: [
    { options: [0], value: 0.5 },
    { options: [50], value: 0.75 },
    { options: [200], value: null },
  ],
};

const see = (postprocess?: PostprocessRecord) =>
  seeSection(
    { type: "postprocess" },
    makeReport([
      {
        ...makeMeasured({ experiment: "a" }),
        ...postprocess && { postprocess },
      },
    ]),
  );

Deno.test("postprocess tells the steps, what was tried, and what was chosen", () => {
  const { lines, html } = see(record);
  match(lines.join(" "), /smooth sigmaVox \[0, 1, 1\] → size minVox 50/);
  match(lines.join(" "), /from probability 0.4/);
  match(lines.join(" "), /Chosen by Dice on validation, of 3 combinations/);
  deepEqual(
    lines.filter((line) => line.includes(" | ")),
    ["size.minVox | Dice", "50 | chosen 0.750", "0 | 0.500", "200 | –"],
  );
  deepEqual([...html.matchAll(/number best/g)].length, 1);
  match(html, /number best" data-value="0.75"/);
});

Deno.test("postprocess puts the least first where less is better", () => {
  const { lines } = see({ ...record, tunedBy: "score" });
  deepEqual(lines.filter((line) => line.includes(" | ")).slice(1, 3), [
    "0 | 0.500",
    "50 | chosen 0.750",
  ]);
});

Deno.test("postprocess has no table without a sweep, and nothing without steps", () => {
  const { lines } = see({ ...record, tunedBy: null, swept: [], tried: [] });
  deepEqual(lines.filter((line) => line.includes(" | ")), []);
  deepEqual(see().lines, []);
});
