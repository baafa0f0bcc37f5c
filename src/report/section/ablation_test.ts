import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { RunState, Variant } from "@/record/mod.ts";
import type { ReportData } from "../data.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeRunData, matrixReport } from "../_testing.ts";

const see = (data: ReportData) => seeSection({ type: "ablation" }, data);

const axis = (name: string, ...values: readonly string[]) => ({ name, values });
const apOf = ({ loss }: Variant) => loss === "dice" ? 0.5 : 0.4;

/** The same report, its first `count` runs in another state. */
function withState(data: ReportData, state: RunState, count: number) {
  return {
    ...data,
    runs: data.runs.map((one, i) =>
      i < count ? { ...one, run: { ...one.run, state } } : one
    ),
  };
}

const losses = axis("loss", "bce", "dice");
const seeds = axis("seed", "1", "2");

Deno.test("ablation begins with what was run", () => {
  const lead = (...axes: Parameters<typeof matrixReport>[0]) =>
    see(matrixReport(axes, apOf)).lines[0];
  equal(
    lead(losses, axis("block", "plain"), axis("seed", "7")),
    "2 variants of loss × block, with the seed 7: all 2 runs have finished.",
  );
  equal(lead(losses), "2 variants of loss: all 2 runs have finished.");
  equal(
    lead(seeds),
    "1 variant, with the seeds 1, 2: all 2 runs have finished.",
  );
});

Deno.test("ablation lists what has not finished, twelve runs at most", () => {
  const values = Array.from({ length: 14 }, (_, i) => `v${i}`);
  const data = matrixReport(
    [axis("loss", ...values)],
    ({ loss }) => loss === "v13" ? null : 0.5,
  );
  const open = (count: number) =>
    see(withState(data, "crashed", count)).lines.slice(0, count + 3);
  deepEqual(open(1).slice(0, 3), [
    "14 variants of loss: 12 of 14 runs have finished.",
    "! crashed v0",
    "1 run not started yet",
  ]);
  deepEqual(open(12).slice(11, 14), [
    ...["! crashed v10", "! crashed v11", "1 run not started yet"],
  ]);
  deepEqual(open(13).slice(12, 15), [
    ...["! crashed v11", "and 1 more", "1 run not started yet"],
  ]);
});

Deno.test("ablation says nothing of what is missing where all is there", () => {
  const { lines } = see(matrixReport([losses, seeds], apOf));
  equal(lines.some((line) => /not started|Volume/.test(line)), false);
  equal(lines[1], "Validation vnc_stack1 y 0–415");
});

Deno.test("ablation says what its numbers cannot tell, if there are any", () => {
  const last = (...axes: Parameters<typeof matrixReport>[0]) =>
    see(matrixReport(axes, apOf)).lines.at(-1)!;
  match(last(losses), /^One run a variant: nothing here tells/);
  match(last(losses, seeds), /p is that of the same test\.$/);
  match(
    last(axis("loss", "bce", "dice", "focal"), seeds),
    /corrected for the 2 comparisons of a column/,
  );
  const bare = matrixReport([losses], apOf);
  const runs = bare.runs.map(({ run }) => makeRunData(run));
  equal(see({ ...bare, runs }).lines.length, 1);
});

Deno.test("ablation leaves out the threshold, which is no result", () => {
  const { html, lines } = see(matrixReport([losses], apOf));
  doesNotMatch(html, /Threshold/);
  match(lines[3]!, /AP ↑ \| Dice ↑ \| CREMI score nm ↓$/);
});

Deno.test("ablation shows nothing without a matrix", () => {
  const { runs } = matrixReport([losses], apOf);
  deepEqual(
    see({ ...matrixReport([losses], apOf), runs, matrix: null }).lines,
    [],
  );
});
