import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { decodePoints } from "../client/decode.js";
import { seeSection } from "../_reading_testing.ts";
import {
  makeEvaluation,
  makeReport,
  makeRunData,
  makeSeries,
} from "../_testing.ts";

const run = (experiment: string, values: readonly number[], name = "loss") =>
  makeRunData({ experiment }, { series: [makeSeries(name, values)] });

const see = (
  runs: Parameters<typeof makeReport>[0],
  options: Readonly<Record<string, unknown>> = {},
) => seeSection({ type: "curves", ...options }, makeReport(runs));

const long = (count: number) => Array.from({ length: count }, (_, i) => i % 7);

Deno.test("curves carries each run's points, look and unit to the page's script", () => {
  const data = see([run("a", [1, 0.5]), run("b", [3], "speed.waitMs")])
    .json("curves-data");
  deepEqual(
    data.panels.map(({ label }: { label: string }) => label),
    ["Loss", "Wait (ms)"],
  );
  const [curve] = data.panels[0].curves;
  deepEqual(decodePoints(curve.points), { steps: [1, 2], values: [1, 0.5] });
  deepEqual([curve.run, curve.means], [0, undefined]);
  const scored = makeRunData({}, {
    series: [makeSeries("score", [30], { split: "validation" })],
  });
  equal(see([scored]).json("curves-data").panels[0].unit, "nm");
});

Deno.test("curves thins what has more points, smooths from means, and says so", () => {
  const { lines, json } = see([run("a", long(101)), run("b", long(100))], {
    points: 100,
  });
  match(lines.at(-1)!, / Curves of more than 100 points are thinned: /);
  const [thinned, whole] = json("curves-data").panels[0].curves;
  equal(decodePoints(thinned.points).values.length <= 100, true);
  equal(decodePoints(thinned.means).values.length, 50);
  equal(decodePoints(whole.points).values.length, 100);
  equal(whole.means, undefined);
  doesNotMatch(see([run("b", long(100))], { points: 100 }).html, /thinned/);
});

Deno.test("curves share the points there are in all, eight each at least", () => {
  const most = (pointsInAll: number) =>
    /more than (\d+) points/.exec(
      see([run("a", long(200)), run("b", long(200))], { pointsInAll }).html,
    )?.[1];
  deepEqual([most(101), most(4), most(400)], ["50", "8", undefined]);
  const panels = makeRunData({}, {
    series: [makeSeries("loss", long(200)), makeSeries("lossy", long(200))],
  });
  match(see([panels], { pointsInAll: 100 }).html, /more than 50 points/);
});

Deno.test("curves tell in words where each ends", () => {
  const described = (count: number) =>
    /aria-label="(Loss on train[^"]*)"/.exec(
      see(Array.from({ length: count }, (_, i) => run(`r${i}`, [2, i]))).html,
    )![1]!;
  equal(
    described(2),
    "Loss on train against step: r0 ends at 0 at step 2; r1 ends at 1 at step 2",
  );
  match(described(12), /; r11 ends at 11\.?0? at step 2$/);
  match(described(14), /; r11 ends at 11 at step 2; and 2 more$/);
});

Deno.test("curves tell where values are not finite", () => {
  const { lines, titles } = see([run("a", [1, NaN, Infinity, 2])]);
  equal(lines.at(-2), "Loss a: 2 not finite, first at step 2");
  deepEqual(titles.at(-1), "a: 2 not finite, first at step 2");
  const both = see([run("a", [NaN]), run("b", [1, NaN]), run("c", [1])]);
  equal(both.lines.at(-2), "Loss not finite in 2 runs");
  equal(
    both.titles.at(-1),
    "a: 1 not finite, first at step 1\nb: 1 not finite, first at step 2",
  );
  const many = see(Array.from({ length: 11 }, (_, i) => run(`r${i}`, [NaN])));
  equal(many.titles.at(-1)!.split("\n").length, 10);
});

Deno.test("curves offer single seeds where a mean stands for several", () => {
  const seeds = (count: number) =>
    Array.from(
      { length: count },
      (_, i) =>
        makeRunData({ seed: i + 1 }, { series: [makeSeries("loss", [1])] }),
    );
  equal(see(seeds(1)).lines.includes("Single seeds"), false);
  equal(see(seeds(2)).lines.includes("Single seeds"), true);
  match(see(seeds(2)).html, /in a band from the lowest to the highest/);
  const apart = see([run("a", [1]), run("b", [1])]);
  equal(apart.lines.includes("Single seeds"), false);
});

Deno.test("curves fold what readers do not look at first", () => {
  const names = ["loss", "loss.a", "loss.b", "loss.c", "learningRate"];
  const { lines } = see([
    makeRunData({}, { series: names.map((name) => makeSeries(name, [1])) }),
  ]);
  deepEqual(
    lines.slice(-9, -1),
    [
      ...["Loss", "Loss · A", "Loss · B"],
      ...["Loss · C", "Loss · C"], // what is folded, and the panel
      ...["Training", "Learning rate", "Learning rate"],
    ],
  );
});

Deno.test("curves begin smoothed as the option says", () => {
  const slider = (smoothing?: number) =>
    /id="smoothing"[^>]* value="([^"]+)"[^]*?>([^>]+)<\/output>/.exec(
      see([run("a", [1])], smoothing === undefined ? {} : { smoothing }).html,
    )!.slice(1);
  deepEqual(slider(), ["0.6", "mean over 2.5 points"]);
  deepEqual(slider(0), ["0", "none, as measured"]);
});

Deno.test("curves shows nothing where nothing was measured over steps", () => {
  deepEqual(see([makeRunData(), run("a", [1], "best.ap")]).lines, []);
});

Deno.test("curves that never change are folded, and their values said", () => {
  const rates = (rate: number) =>
    makeRunData({ experiment: `r${rate}` }, {
      series: [
        makeSeries("loss", [1, 1]), // looked at first, whatever it does
        makeSeries("learningRate", [rate, rate, rate]),
        makeSeries("weight.dice", [2, 2]),
      ],
    });
  const { lines, json } = see([rates(0.5), rates(0.25), rates(0.5)]);
  deepEqual(lines.slice(-5, -1), [
    "Constant",
    "Learning rate 0.500 in 2, 0.250 in 1 · Weight · Dice 2",
    ...["Learning rate", "Weight · Dice"], // the panels
  ]);
  const { curves } = json("curves-data").panels[1];
  deepEqual(decodePoints(curves[0].points), {
    steps: [1, 3],
    values: [.5, .5],
  });
});

Deno.test("curves have the floor of darkness, the mean over volumes, and the best step", () => {
  const evaluation = (volume: string, ap: number) => ({
    record: makeEvaluation({
      volume,
      step: 20,
      baseline: { ap, threshold: 1 },
    }),
    pictures: [],
  });
  const data = see([
    makeRunData({}, {
      series: ["ap", "threshold"].map((name) =>
        makeSeries(name, [0.1, 0.2], { split: "validation", steps: [10, 20] })
      ),
      evaluations: [evaluation("one", 0.2), evaluation("two", 0.4)],
    }),
  ]).json("curves-data");
  deepEqual(data.panels.map(({ floors }: { floors: unknown }) => floors), [
    [{ value: 0.3 }],
    [], // neither good nor bad
  ]);
  deepEqual(data.clocks, [{ best: 20 }]);
});

Deno.test("curves can be drawn against samples and time where those are known", () => {
  const timed = makeRunData({
    plan: JSON.stringify({ spec: { train: { batch: 2, accumulate: 3 } } }),
  }, { series: [makeSeries("speed.stepMs", [10, 30])] });
  const kinds = (...runs: Parameters<typeof see>[0]) =>
    ["Steps", "Samples", "Time"].filter((kind) =>
      see(runs).lines.includes(kind)
    );
  deepEqual(kinds(timed, run("a", [1])), ["Steps", "Samples", "Time"]);
  deepEqual(kinds(run("a", [1])), []);
});
