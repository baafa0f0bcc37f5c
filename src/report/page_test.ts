import assert from "node:assert/strict";
import { bestScore, openPage } from "./page.ts";
import {
  makeEvaluation,
  makeReport,
  makeRunData,
  makeSeries,
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
      ],
    }),
  ]));
  const [volume] = page.volumes;
  assert.equal(volume!.volume, null);
  assert.equal(volume!.scores[0]!.step, 2);
  assert.deepEqual(volume!.scores[0]!.metrics, { ap: 0.5, dice: 0.3 });
});
