import assert from "node:assert/strict";
import type { MetricSeries } from "@/record/mod.ts";
import { bestScore, factsOf, openPage } from "./page.ts";
import {
  makeEvaluation,
  makeMeasured,
  makeReport,
  makeRunData,
  makeSeries,
  matrixReport,
} from "./_testing.ts";

const labels = (runs: Parameters<typeof makeReport>[0]) =>
  openPage(makeReport(runs)).runs.map(({ label }) => label);

Deno.test("openPage() labels runs by the least that tells them apart", () => {
  assert.deepEqual(
    labels([makeRunData(), makeRunData({ experiment: "focal" })]),
    ["mixloss", "focal"],
  );
  assert.deepEqual(
    labels([makeRunData(), makeRunData({ seed: 2 })]),
    ["mixloss · seed 1", "mixloss · seed 2"],
  );
  assert.deepEqual(
    labels([makeRunData({ id: "a" }), makeRunData({ id: "b" })]),
    ["mixloss · a", "mixloss · b"],
  );
});

Deno.test("openPage() draws a rerun in the colour of its original", () => {
  const { runs } = openPage(makeReport([
    makeRunData({ id: "a" }),
    makeRunData({ id: "b", experiment: "focal" }),
    makeRunData({ id: "c", rerunOf: "b" }),
    makeRunData({ id: "d", experiment: "wide" }),
  ]));
  assert.deepEqual(runs.map((r) => [r.colour, r.dash]), [
    [0, 0],
    [1, 0],
    [1, 1],
    [2, 0],
  ]);
});

Deno.test("openPage() colours by experiment where there are many seeds", () => {
  const seeds = [1, 2, 3, 4, 5];
  const page = openPage(makeReport([
    ...seeds.map((seed) => makeRunData({ seed })),
    ...seeds.map((seed) => makeRunData({ seed, experiment: "focal" })),
  ]));
  assert(page.isColouredByGroup);
  assert.deepEqual(page.runs.map((r) => r.colour), [
    0,
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    1,
    1,
  ]);
  assert.deepEqual(page.runs.map((r) => r.dash), [
    0,
    1,
    2,
    3,
    0,
    0,
    1,
    2,
    3,
    0,
  ]);
});

Deno.test("openPage() ranks by AP, runs without one last", () => {
  const scored = (id: string, ap: number | null) =>
    makeRunData({ id }, {
      evaluations: [{
        record: makeEvaluation({ metrics: { ap } }),
        pictures: [],
      }],
    });
  const page = openPage(makeReport([
    scored("none", null),
    scored("low", 0.2),
    scored("high", 0.7),
  ]));
  assert.deepEqual(
    page.volumes[0]!.scores.map(({ run }) => run.run.id),
    ["high", "low", "none"],
  );
  assert.equal(bestScore(page)!.value, 0.7);
});

Deno.test("openPage() ranks by what its runs were ranked by", () => {
  const ranking = { name: "score", better: "lower" } as const;
  const scored = (id: string, score: number | null, ap: number) =>
    makeRunData({ id, ranking }, {
      evaluations: [{
        record: makeEvaluation({ metrics: { ap, score } }),
        pictures: [],
      }],
    });
  const page = openPage(makeReport([
    scored("none", null, 0.9),
    scored("far", 90, 0.8),
    scored("near", 30, 0.1),
    makeRunData({ id: "other" }), // by AP, as fewer are
  ]));
  assert.deepEqual(page.ranking, ranking);
  assert.deepEqual(
    page.volumes[0]!.scores.map(({ run }) => run.run.id),
    ["near", "far", "none"],
  );
  assert.equal(bestScore(page)!.value, 30);
});

Deno.test("openPage() takes each run at the best step of its own ranking", () => {
  const series = [
    makeSeries("ap", [0.9, 0.5, 0.4], { split: "validation" }),
    makeSeries("score", [80, NaN, 30], { split: "validation" }),
  ];
  const page = openPage(makeReport([
    makeRunData({ id: "a", state: "running" }, { series }),
    makeRunData(
      { id: "b", ranking: { name: "score", better: "lower" } },
      { series },
    ),
  ]));
  const [volume] = page.volumes;
  assert.deepEqual(volume!.scores.map(({ step }) => step), [1, 3]);
});

Deno.test("openPage() takes runs not yet evaluated at their best step", () => {
  const page = openPage(makeReport([
    makeRunData({ state: "running" }, {
      series: [
        makeSeries("ap", [NaN, 0.5, 0.4], { split: "validation" }),
        makeSeries("dice", [0.1, 0.3, 0.6], { split: "validation" }),
        makeSeries("loss", [3, 2, 1], { split: "validation" }), // compares none
      ],
    }),
  ]));
  const [volume] = page.volumes;
  assert.equal(volume!.volume, null);
  assert.equal(volume!.scores[0]!.step, 2);
  assert.deepEqual(volume!.scores[0]!.metrics, { ap: 0.5, dice: 0.3 });
});

Deno.test("openPage() tells a rerun from its original, then by ids", () => {
  const [a, b] = [{ id: "a" }, { id: "b", rerunOf: "a" }];
  assert.deepEqual(labels([makeRunData(a), makeRunData(b)]), [
    "mixloss · seed 1",
    "mixloss · seed 1 · rerun",
  ]);
  const again = { id: "c", rerunOf: "a" };
  assert.deepEqual(
    labels([makeRunData(a), makeRunData(b), makeRunData(again)]),
    ["mixloss · a", "mixloss · b", "mixloss · c"],
  );
});

Deno.test("openPage() gives each of many runs a colour and dash of its own", () => {
  const { runs, isColouredByGroup } = openPage(makeReport(
    Array.from({ length: 8 }, (_, i) => makeRunData({ experiment: `r${i}` })),
  ));
  assert.equal(isColouredByGroup, false);
  assert.deepEqual(runs.map(({ colour, dash }) => `${colour} ${dash}`), [
    ...["0 0", "1 0", "2 0", "3 0", "4 0", "5 0", "0 1", "1 1"],
  ]);
});

Deno.test("openPage() colours by experiment where seeds are compared or runs outnumber colours", () => {
  const page = (runs: number, experiments: number) =>
    openPage(makeReport(
      Array.from({ length: runs }, (_, i) =>
        makeRunData({ seed: i, experiment: `r${i % experiments}` })),
    )).isColouredByGroup;
  assert.deepEqual(
    [page(6, 6), page(4, 2), page(7, 2), page(8, 6), page(8, 8)],
    [false, true, true, true, false],
  );
});

Deno.test("openPage() gives variants of a matrix a look each, its seeds the same", () => {
  const values = Array.from({ length: 7 }, (_, i) => `v${i}`);
  const axes = [{ name: "loss", values }, { name: "seed", values: ["1", "2"] }];
  const { runs, isColouredByGroup } = openPage(matrixReport(axes, () => 0.5));
  assert.equal(isColouredByGroup, true);
  const looks = runs.map(({ colour, dash }) => `${colour} ${dash}`);
  assert.equal(new Set(looks).size, 7);
  runs.forEach(({ group }, i) => assert.equal(group, Math.floor(i / 2)));
  assert.deepEqual(runs.slice(0, 2).map(({ label }) => label), [
    "v0 · seed 1",
    "v0 · seed 2",
  ]);
  const [seeds] = [axes[1]!];
  assert.deepEqual(
    openPage(matrixReport([seeds], () => 0.5)).runs.map(({ label }) => label),
    ["table · seed 1", "table · seed 2"],
  );
});

Deno.test("openPage() lists volumes of validation before those of test and train", () => {
  const evaluation = (
    split: "train" | "validation" | "test",
    volume: string,
  ) => ({
    record: makeEvaluation({ split, volume, baseline: { ap: volume.length } }),
    pictures: [],
  });
  const { volumes } = openPage(makeReport([
    makeRunData({ id: "a" }, {
      evaluations: [
        evaluation("train", "a"),
        evaluation("test", "b"),
        evaluation("validation", "cc"),
        evaluation("validation", "b"),
      ],
    }),
    makeRunData({ id: "b" }, { evaluations: [evaluation("test", "b")] }),
  ]));
  assert.deepEqual(
    volumes.map(({ split, volume, scores, baseline }) => [
      `${split} ${volume}`,
      scores.length,
      baseline!["ap"],
    ]),
    [
      ["validation b", 1, 1],
      ["validation cc", 1, 2],
      ["test b", 2, 1],
      ["train a", 1, 1],
    ],
  );
});

Deno.test("openPage() keeps the order of runs that are equal", () => {
  const runs = ["c", "a", "b"].map((id) =>
    makeMeasured({ id }, { metrics: { ap: 0.5 } })
  );
  const [volume] = openPage(makeReport(runs)).volumes;
  assert.deepEqual(volume!.scores.map(({ run }) => run.run.id), [
    "c",
    "a",
    "b",
  ]);
});

Deno.test("openPage() takes the last step of a run where nothing ranks it", () => {
  const step = (series: readonly MetricSeries[]) =>
    openPage(makeReport([makeRunData({}, { series })])).volumes[0]?.scores[0];
  const on = { split: "validation", steps: [10, 20] } as const;
  assert.deepEqual(step([makeSeries("dice", [0.9, 0.1], on)])?.metrics, {
    dice: 0.1,
  });
  const both = step([
    makeSeries("dice", [0.5, 0.1], on),
    makeSeries("ap", [0.7, 0.7], on), // the last of equal ones
    makeSeries("adf", [3], { split: "validation", steps: [10] }),
  ]);
  assert.deepEqual([both?.step, both?.metrics], [20, { dice: 0.1, ap: 0.7 }]);
  assert.equal(step([makeSeries("ap", [0.5])]), undefined); // of training
  const empty = { split: "validation", steps: [] } as const;
  assert.equal(step([makeSeries("ap", [], empty)]), undefined);
});

Deno.test("bestScore() takes the first volume where what ranks was measured", () => {
  const scored = (id: string, volume: string, ap: number | null) =>
    makeMeasured({ id }, { volume, metrics: { ap } });
  const best = (...runs: Parameters<typeof makeReport>[0]) =>
    bestScore(openPage(makeReport(runs)));
  const found = best(scored("a", "a", null), scored("b", "b", 0.4));
  assert.deepEqual([found!.volume.volume, found!.value], ["b", 0.4]);
  assert.equal(best(scored("a", "a", NaN)), null);
  assert.equal(best(makeRunData()), null);
});

Deno.test("factsOf() knows no direction of what no metric gives", () => {
  const page = openPage(makeReport([]));
  assert.equal(factsOf(page, "ap").better, "higher");
  assert.deepEqual(factsOf(page, "toString"), {
    label: "To string",
    summary: "",
    unit: "",
    better: "neither",
    bounds: [-Infinity, Infinity],
  });
});

Deno.test("openPage() gives the best groups the colours where there are too many", () => {
  const axes = [
    { name: "loss", values: ["a", "b", "c", "d", "e", "f", "g"] },
    { name: "seed", values: ["1", "2"] },
  ];
  const { runs } = openPage(matrixReport(
    axes,
    ({ loss }) => loss!.charCodeAt(0) / 200,
  ));
  assert.deepEqual(
    runs.filter(({ run }) => run.seed === 1).map((r) => [r.colour, r.dash]),
    [[0, 1], [5, 0], [4, 0], [3, 0], [2, 0], [1, 0], [0, 0]],
  );
});

Deno.test("openPage() colours by plan where seeds of several are compared", () => {
  const { runs, isColouredByGroup } = openPage(makeReport([
    makeRunData(),
    makeRunData({ seed: 2 }),
    makeRunData({ experiment: "focal" }),
  ]));
  assert(isColouredByGroup);
  assert.deepEqual(runs.map((r) => [r.colour, r.dash, r.groupLabel]), [
    [0, 0, "mixloss"],
    [0, 1, "mixloss"],
    [1, 0, "focal"],
  ]);
});
