import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { EvaluationRecord } from "@/record/mod.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";

const precisionRecall = [
  { threshold: 0.9, precision: 1, recall: 0.25 },
  { threshold: 0.4, precision: 0.5, recall: 1 },
];

const measured = (
  experiment: string,
  changes: Partial<EvaluationRecord> = {},
) => makeMeasured({ experiment }, { precisionRecall, ...changes });

const see = (
  runs: Parameters<typeof makeReport>[0],
  options: Readonly<Record<string, unknown>> = {},
) => seeSection({ type: "precisionRecall", ...options }, makeReport(runs));

Deno.test("precisionRecall names each run's threshold and what it gives there", () => {
  const { lines } = see([
    measured("a"),
    measured("b", {
      metrics: { ap: 0.1, threshold: null },
      thresholdFrom: "test",
    }),
  ]);
  deepEqual(lines.slice(-3), [
    "Run | Threshold | Precision | Recall | Chosen on",
    "a | 0.350 | 0.500 | 1 | these voxels",
    "b | – | – | – | test",
  ]);
});

Deno.test("precisionRecall draws recall to the right and precision upwards", () => {
  const { html } = see([measured("a")]);
  const [, line] = /data-run="0"><title>a<\/title><polyline points="([^"]+)"/
    .exec(html)!;
  deepEqual(line, "80.0,0.0 320.0,160.0"); // of 320
  match(html, /<circle cx="320.0" cy="160.0"/);
  doesNotMatch(
    see([measured("a", { metrics: {} })]).html,
    /<circle/,
  );
});

Deno.test("precisionRecall draws the best run last, over all others", () => {
  const { html, lines } = see([
    measured("low", { metrics: { ap: 0.1 } }),
    measured("high", { metrics: { ap: 0.9 } }),
  ]);
  deepEqual(
    [...html.matchAll(/data-run="\d"><title>(\w+)/g)].map(([, run]) => run),
    ["low", "high"],
  );
  deepEqual(lines.slice(-2).map((line) => line.split(" | ")[0]), [
    "high",
    "low",
  ]);
});

Deno.test("precisionRecall draws lines of equal Dice, darkness among them", () => {
  const names = (dice: number | null) =>
    see([measured("a", { baseline: { dice } })]).lines
      .filter((line) => /^(Dice|darkness)/.test(line));
  const even = ["Dice 0.2", "Dice 0.4", "Dice 0.6", "Dice 0.8"];
  deepEqual(names(null), even);
  deepEqual(names(0.02), even); // too near to the corner
  deepEqual(names(0.03), [...even, "darkness 0.03"]);
  deepEqual(names(0.3), [...even, "darkness 0.30"]);
  deepEqual(names(0.44), [...even.toSpliced(1, 1), "darkness 0.44"]);
  deepEqual(names(0.46), [...even, "darkness 0.46"]);
});

Deno.test("precisionRecall draws a line of equal Dice where 2pr / (p + r) is equal", () => {
  const { html } = see([measured("a", { baseline: {} })]);
  const lines = [...html.matchAll(/class="iso"><polyline points="([^"]+)"/g)];
  equal(lines.length, 4);
  lines.forEach(([, points], i) => {
    const places = points!.split(" ").map((pair) => {
      const [x, y] = pair.split(",").map(Number) as [number, number];
      return { recall: x / 320, precision: 1 - y / 320 };
    });
    for (const { recall: r, precision: p } of places) {
      const dice = 0.2 * (i + 1);
      const error = Math.abs(2 * p * r / (p + r) - dice);
      if (!(error < 1e-3)) throw new Error(`${dice}: off by ${error}`);
    }
    equal(places[0]!.precision, 1);
    equal(places.at(-1)!.recall, 1);
  });
});

Deno.test("precisionRecall shares its points among the curves, 16 each at least", () => {
  const points = Array.from({ length: 100 }, (_, i) => ({
    threshold: 1 - i / 100,
    precision: 0.5,
    recall: i / 100,
  }));
  const drawn = (count: number, pointsInAll: number) =>
    [
      ...see(
        Array.from({ length: count }, (_, i) =>
          measured(`r${i}`, { precisionRecall: points })),
        { pointsInAll },
      ).html.matchAll(/<\/title><polyline points="([^"]+)"/g),
    ].map(([, points]) =>
      points!.split(" ").length
    );
  deepEqual(drawn(2, 101), [50, 50]);
  deepEqual(drawn(2, 20), [16, 16]);
});

Deno.test("precisionRecall lets many thresholds scroll, fewer where they stand below their plot", () => {
  const isLong = (count: number, ...others: ReturnType<typeof measured>[]) => {
    const runs = Array.from({ length: count }, (_, i) => measured(`r${i}`));
    return /class="scroll is-long"/.test(see([...runs, ...others]).html);
  };
  const elsewhere = measured("other", { split: "test" });
  equal(isLong(8), false); // beside it
  equal(isLong(9), true);
  equal(isLong(4, elsewhere), false);
  equal(isLong(5, elsewhere), true);
});

Deno.test("precisionRecall shows nothing where no curve was recorded", () => {
  deepEqual(see([measured("a", { precisionRecall: [] })]).lines, []);
});
