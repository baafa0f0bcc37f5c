import { deepEqual, equal, match } from "node:assert/strict";
import type { MatrixRecord, Run } from "@/record/mod.ts";
import { seeSection } from "../_reading_testing.ts";
import {
  makeEvaluation,
  makeReport,
  makeRunData,
  makeSeries,
} from "../_testing.ts";

/** A search over a rate; each trial's state, and its validation AP after 2 and 6 steps. */
function searchReport(
  trials: readonly (Partial<Run> & { readonly aps?: readonly number[] })[],
) {
  const values = trials.map((_, i) => ({
    trial: `${i + 1}`,
    rate: `0.${i + 1}`,
  }));
  const record: MatrixRecord = {
    name: "search",
    axes: [
      { name: "trial", values: values.map(({ trial }) => trial) },
      { name: "rate", values: values.map(({ rate }) => rate) },
    ],
    variants: values.map((place, i) => ({ values: place, planHash: `${i}` })),
    search: {
      ...{ draw: "sobol", seed: 7 },
      rungs: [{ volume: 4, trials: 4 }, { volume: 12, trials: 1 }],
    },
  };
  const runs = trials.flatMap(({ aps, ...run }, i) =>
    aps
      ? [makeRunData({ id: `t${i + 1}`, variant: values[i]!, ...run }, {
        series: [
          makeSeries("ap", aps, {
            split: "validation",
            steps: [2, 6].slice(0, aps.length),
          }),
        ],
        evaluations: aps.length > 1
          ? [{
            record: makeEvaluation({ split: "test", metrics: { ap: 0.1 } }),
            pictures: [],
          }]
          : [],
      })]
      : []
  );
  return makeReport(runs, {
    title: "search",
    matrix: {
      record,
      ids: trials.map(({ aps }, i) => aps ? `t${i + 1}` : null),
    },
  });
}

const stopped = { state: "stopped", stoppedAfter: 2 } as const;
const report = searchReport([
  { ...stopped, aps: [0.4] },
  { aps: [0.5, 0.3] },
  { ...stopped, aps: [0.45] },
  {},
]);

Deno.test("trials lists what was tried, those first that trained longest and did best", () => {
  const { lines, html } = seeSection({ type: "trials" }, report);
  match(lines[0]!, /^4 trials over 1 option, drawn by sobol with seed 7: /);
  match(lines[0]!, /1 finished, 2 stopped, 1 not run/);
  match(lines[0]!, /After 4 samples 1 went on/);
  deepEqual(
    [...html.matchAll(/scope="row" data-value="(\d)"/g)].map(([, n]) => n),
    ["2", "3", "1", "4"],
  );
  match(html, /stopped<\/span> after step 2/);
});

Deno.test("trials says that the best of many flatters, and who was tested", () => {
  const { lines } = seeSection({ type: "trials" }, report);
  const note = lines.find((line) => /flatters/.test(line))!;
  match(note, /best of 3 by validation/);
  match(note, /test volumes were measured for the chosen trial alone/);
  equal(seeSection({ type: "ablation" }, report).lines.length, 0);
});

Deno.test("options compares all trials of a search where they were compared first", () => {
  const { lines, html } = seeSection({ type: "options" }, report);
  equal(html.match(/<polyline/g)?.length, 3);
  match(lines.join(), /AP after 4 samples/);
  deepEqual(
    [...html.matchAll(/axis-name"[^>]*>([^<]*)</g)].map(([, name]) => name),
    ["rate", "AP after 4 samples"],
  );
});
