import assert from "node:assert/strict";
import { assertAlmostEquals } from "@test/helpers.ts";
import { openPage } from "./page.ts";
import { overSeeds } from "./seeds.ts";
import {
  makeEvaluation,
  makeMeasured,
  makeReport,
  makeRunData,
} from "./_testing.ts";

const ranking = { name: "ap", better: "higher" } as const;

Deno.test("overSeeds() counts each seed once and reruns not at all", () => {
  const scored = (seed: number, ap: number, rerunOf: string | null = null) =>
    makeRunData({ id: `${seed}${rerunOf}`, seed, rerunOf }, {
      evaluations: [{
        record: makeEvaluation({ metrics: { ap } }),
        pictures: [],
      }],
    });
  const { volumes } = openPage(makeReport([
    scored(1, 0.9, "first"), // a rerun, listed before its original
    scored(1, 0.4),
    scored(2, 0.6),
  ]));
  const [group, ...others] = overSeeds(volumes[0]!.scores, ranking);
  assert.deepEqual(others, []);
  assert.deepEqual(group!.seeds, [1, 2]);
  assertAlmostEquals(group!.spread("ap")!.mean, 0.5, 1e-12);
  assert.equal(group!.spread("dice"), null);
});

Deno.test("overSeeds() is empty where no plan was run with two seeds", () => {
  const { volumes } = openPage(makeReport([
    makeRunData({}, {
      evaluations: [{ record: makeEvaluation(), pictures: [] }],
    }),
  ]));
  assert.deepEqual(overSeeds(volumes[0]!.scores, ranking), []);
});

Deno.test("overSeeds() begins with the best mean of what ranks", () => {
  const scored = (experiment: string, seed: number, score: number | null) =>
    makeRunData({ id: `${experiment}${seed}`, experiment, seed }, {
      evaluations: [{
        record: makeEvaluation({ metrics: { score } }),
        pictures: [],
      }],
    });
  const { volumes } = openPage(makeReport([
    scored("none", 1, null),
    scored("far", 1, 90),
    scored("far", 2, 70),
    scored("near", 1, 20),
    scored("near", 2, 40),
  ]));
  const lowest = { name: "score", better: "lower" } as const;
  assert.deepEqual(
    overSeeds(volumes[0]!.scores, lowest)
      .map(({ runs }) => runs[0]!.run.experiment),
    ["near", "far", "none"],
  );
});

Deno.test("overSeeds() takes the first of runs that share a seed", () => {
  const scored = (id: string, seed: number, ap: number) =>
    makeMeasured({ id, seed }, { metrics: { ap } });
  const runs = [scored("a", 1, 0.2), scored("b", 1, 0.8), scored("c", 2, 0.4)];
  const { volumes } = openPage(makeReport(runs));
  const [group] = overSeeds(volumes[0]!.scores, ranking);
  assert.deepEqual(group!.runs.map(({ run }) => run.id), ["a", "c"]);
});

Deno.test("overSeeds() puts the best mean first, none last", () => {
  const scored = (experiment: string, seed: number, score: number | null) =>
    makeMeasured({ experiment, seed }, { metrics: { score } });
  const { volumes } = openPage(makeReport([
    ...[scored("none", 1, null), scored("none", 2, null)],
    ...[scored("far", 1, 90), scored("far", 2, 80)],
    ...[scored("near", 1, 30), scored("near", 2, 40)],
  ]));
  const groups = overSeeds(volumes[0]!.scores, {
    name: "score",
    better: "lower",
  });
  assert.deepEqual(
    groups.map(({ runs }) => runs[0]!.run.experiment),
    ["near", "far", "none"],
  );
});
