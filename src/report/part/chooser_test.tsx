import { deepEqual, equal } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { makeMeasured, makeReport, matrixReport } from "../_testing.ts";
import { openPage } from "../page.ts";
import { Chooser } from "./chooser.tsx";

const seeAll = (data: Parameters<typeof openPage>[0]) =>
  see(<Chooser page={openPage(data)} />);

const measured = (experiment: string, seed: number, more = {}) =>
  makeMeasured({ experiment, seed, ...more }, { metrics: { ap: seed / 10 } });

Deno.test("Chooser() has a switch for runs that differ in nothing but the seed", () => {
  const seen = seeAll(makeReport([
    measured("a", 1),
    measured("b", 1),
    measured("a", 2),
    measured("a", 2, { id: "again", rerunOf: "x" }),
  ]));
  deepEqual(seen.lines, [
    ...["Runs", "All None"],
    ...["a", "seed", "1", "2", "2 again"],
    "b",
  ]);
  const { runs, ...data } = seen.json("runs-data");
  deepEqual(data, { groups: ["a", "b"], best: [0, 1], beginsWithBest: false });
  deepEqual(
    runs.map((run: { group: number; counts: boolean }) => [
      run.group,
      run.counts,
    ]),
    [[0, true], [1, true], [0, true], [0, false]],
  );
});

Deno.test("Chooser() begins with the best eight of many", () => {
  const axes = (losses: number) => [
    { name: "loss", values: Array.from({ length: losses }, (_, i) => `l${i}`) },
    { name: "seed", values: ["1", "2"] },
  ];
  const begun = (losses: number) => {
    const { html, json } = seeAll(matrixReport(
      axes(losses),
      ({ loss }) => Number(loss!.slice(1)) / 100,
    ));
    return [
      json("runs-data").beginsWithBest,
      html.match(/ data-group="\d+"[^>]* checked/g)?.length,
      json("runs-data").best.join(),
    ];
  };
  deepEqual(begun(8), [false, 8, "7,6,5,4,3,2,1,0"]);
  deepEqual(begun(9), [true, 8, "8,7,6,5,4,3,2,1"]);
});

Deno.test("Chooser() leaves nothing to choose of one run", () => {
  equal(seeAll(makeReport([measured("a", 1)])).lines.length, 0);
  // Of one group's seeds, each.
  const two = makeReport([measured("a", 1), measured("a", 2)]);
  deepEqual(seeAll(two).lines.slice(2), ["a", "seed", "1", "2"]);
});
