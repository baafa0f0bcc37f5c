import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { openPage } from "../page.ts";
import {
  makeEvaluation,
  makeMeasured,
  makeReport,
  makeRunData,
} from "../_testing.ts";
import {
  chosenPoint,
  curvesByVolume,
  drawnPoints,
} from "./_threshold_curves.ts";

const point = (threshold: number, precision = 0.5, recall = 0.5) => ({
  threshold,
  precision,
  recall,
});

Deno.test("chosenPoint() is the nearest one to the threshold that has values", () => {
  const chosen = (threshold: number | null, ...points: readonly number[]) =>
    chosenPoint(makeEvaluation({
      metrics: { threshold },
      precisionRecall: points.map((t) => point(t)),
    }))?.threshold;
  equal(chosen(0.4, 0.9, 0.5, 0.2), 0.5);
  equal(chosen(0.3, 0.9, 0.5, 0.2), 0.2);
  equal(chosen(0.5, 0.75, 0.25), 0.75); // as near: the first
  equal(chosen(0.5), undefined);
  equal(chosen(null, 0.5), undefined);
  const gap = chosenPoint(makeEvaluation({
    metrics: { threshold: 0.5 },
    precisionRecall: [point(0.5, NaN), point(0.4, 0.5, NaN), point(0.1)],
  }));
  equal(gap?.threshold, 0.1);
});

Deno.test("drawnPoints() keeps both ends and the order, evenly thinned", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: 2, max: 40 }),
    (count, most) => {
      const precisionRecall = Array.from({ length: count }, (_, i) => point(i));
      const drawn = drawnPoints(makeEvaluation({ precisionRecall }), most)
        .map(({ threshold }) => threshold);
      equal(drawn.length, Math.min(count, most));
      equal(drawn[0], precisionRecall[0]?.threshold);
      equal(drawn.at(-1), precisionRecall.at(-1)?.threshold);
      const step = (count - 1) / (drawn.length - 1);
      for (let i = 1; i < drawn.length; i++) {
        ok(Math.abs(drawn[i]! - drawn[i - 1]! - step) <= 1);
      }
    },
  ));
});

Deno.test("drawnPoints() leaves out gaps before it thins", () => {
  const record = makeEvaluation({
    precisionRecall: [point(1, NaN), point(2), point(3, 0, NaN), point(4)],
  });
  deepEqual(drawnPoints(record, 2).map((p) => p.threshold), [2, 4]);
});

Deno.test("curvesByVolume() lists the curves of a volume, best run first", () => {
  const measured = (experiment: string, ap: number, volume: string) =>
    makeMeasured({ experiment }, {
      volume,
      metrics: { ap },
      precisionRecall: [point(0.5)],
    });
  const runs = [
    measured("low", 0.2, "a"),
    measured("other", 0.9, "b"),
    measured("high", 0.5, "a"),
    makeMeasured({ experiment: "flat" }, { volume: "c" }),
    makeRunData({ experiment: "unmeasured" }),
  ];
  deepEqual(
    curvesByVolume(openPage(makeReport(runs))).map((curves) =>
      curves.map(({ run }) => run.label)
    ),
    [["high", "low"], ["other"]],
  );
  const [both] = runs[0]!.evaluations;
  const test = { ...both!.record, split: "test" as const };
  const twice = makeRunData({}, {
    evaluations: [both!, { record: test, pictures: [] }],
  });
  deepEqual(
    curvesByVolume(openPage(makeReport([twice]))).map((curves) =>
      curves.map(({ record }) => record.split)
    ),
    [["validation"], ["test"]],
  );
});
