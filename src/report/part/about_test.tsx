import { deepEqual } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";
import { openPage } from "../page.ts";
import { About } from "./about.tsx";

const about = (...runs: Parameters<typeof makeReport>[0]) =>
  see(<About page={openPage(makeReport(runs))} />);

const told = (experiment: string, spec: object) =>
  makeRunData({ experiment, plan: JSON.stringify({ spec }) });

Deno.test("About() tells what an experiment says of itself, as text", () => {
  const spec = {
    summary: "<b>Why</b>?",
    notes: "At\nlength",
    tags: ["a", "b"],
  };
  const { lines, html } = about(told("x", spec));
  deepEqual(lines, ["<b>Why</b>? a b", "Notes", "At", "length"]);
  deepEqual(/<b>/.test(html), false);
});

Deno.test("About() names experiments where there are several, and leaves out silent ones", () => {
  const runs = ["a", "b", "c", "d", "e"].map((name) =>
    told(name, { summary: `S ${name}` })
  );
  deepEqual(about(...runs, makeRunData()).lines, [
    ...["a S a", "b S b", "c S c", "d S d", "and 1 experiments more"],
  ]);
  deepEqual(about(makeRunData(), makeRunData({ plan: "{" })).lines, []);
});
