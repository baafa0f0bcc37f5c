import { deepEqual, equal, match } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport, matrixReport } from "../_testing.ts";

const see = (data: Parameters<typeof seeSection>[1]) =>
  seeSection({ type: "options" }, data);

Deno.test("options draws a matrix by its axes, and ranks them by what goes with each", () => {
  const { lines, html } = see(matrixReport(
    [
      { name: "loss", values: ["bce", "dice"] },
      { name: "bend", values: ["no", "yes"] },
      { name: "seed", values: ["1", "2"] },
    ],
    ({ loss, seed }) => (loss === "dice" ? 0.8 : 0.4) + Number(seed) / 100,
  ));
  equal(html.match(/<polyline/g)?.length, 4); // a line a variant
  deepEqual(lines.filter((line) => line.endsWith("%")), [
    "loss 100 %",
    "bend 0 %",
    "seed 0 %",
  ]);
});

Deno.test("options finds what a search varied, without what follows from it", () => {
  const run = (i: number) =>
    makeMeasured({
      experiment: "search",
      id: `s${i}`,
      seed: i,
      plan: JSON.stringify({
        spec: { seed: i, rate: i / 10, batch: 2, data: [i] },
        parameters: i,
      }),
    }, { metrics: { ap: i / 10 } });
  const { html, lines } = see(makeReport([1, 2, 3, 4].map(run)));
  deepEqual(
    [...html.matchAll(/axis-name"[^>]*>([^<]*)</g)].map(([, name]) => name),
    ["rate", "AP"],
  );
  match(lines.join(), /seed –,rate –/); // four runs tell nothing of four values
  deepEqual(see(makeReport([1, 2].map(run))).lines, []); // two are no search
});
