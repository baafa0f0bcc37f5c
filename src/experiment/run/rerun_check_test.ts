import { deepStrictEqual, match } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { verdictText } from "@/record/mod.ts";
import { type Recorded, RerunCheck } from "./rerun_check.ts";

const point = (step: number, value: number, name = "loss") =>
  ({ split: "train", name, step, value }) as const;
const hash = (step: number, digit: string) =>
  ({ step, layer: "head/kernel", sha256: digit.repeat(64) }) as const;
const sample = (index: number, digit: string) =>
  ({ index, step: index + 1, sha256: digit.repeat(64), drawn: null }) as const;
const recorded: Recorded = {
  points: [
    point(1, 0.5),
    point(2, NaN),
    point(2, 7, "speed.stepMs"),
    point(2, 7, "system.memoryMiB"),
    point(3, 0),
  ],
  weightHashes: [hash(3, "a")],
  samples: new Map([[0, "c".repeat(64)], [1, "d".repeat(64)]]),
  extent: "whole",
};

Deno.test("RerunCheck says identical where all is the same, NaN too, and speeds differ", () => {
  const check = new RerunCheck(recorded);
  check.samples([sample(0, "c"), sample(1, "d")]);
  check.metrics([point(1, 0.5), point(2, NaN), point(2, 9, "speed.stepMs")]);
  check.metrics([point(3, 0)]);
  check.weightHashes([hash(3, "a")]);
  assertEquals(
    verdictText(check.conclude([])),
    "identical: 3 metrics, 1 weight hashes, 2 samples",
  );
});

Deno.test("RerunCheck counts once what a run that goes on measures again", () => {
  const check = new RerunCheck(recorded);
  for (let times = 0; times < 2; times++) {
    check.samples([sample(0, "c")]);
    check.metrics([point(1, 0.5)]);
    check.weightHashes([hash(3, "a")]);
  }
  const verdict = check.conclude([]);
  match(
    verdictText(verdict),
    /: 2 metrics, 0 weight hashes and 1 samples on record were not reached/,
  );
  deepStrictEqual(verdict.same, { metrics: 1, weightHashes: 1, samples: 1 });
});

Deno.test("RerunCheck tells the first difference, and what surrounds it", () => {
  const check = new RerunCheck(recorded);
  check.metrics([point(1, 0.5), point(2, NaN), point(3, -0)]);
  check.weightHashes([hash(3, "b")]);
  assertEquals(
    verdictText(check.conclude(["threads: 4, was 2"])),
    "different from step 3: train Loss is -0, was 0, " +
      "likely because of threads: 4, was 2",
  );
});

Deno.test("RerunCheck names the sample whose data differs, before the numbers it leads to", () => {
  const check = new RerunCheck(recorded);
  check.samples([sample(0, "c"), sample(1, "e")]);
  check.metrics([point(2, 8)]);
  check.weightHashes([hash(3, "b")]);
  match(
    verdictText(check.conclude([])),
    /^different from step 2: data of sample 1, and/,
  );
});

Deno.test("RerunCheck leaves samples alone that were not recorded before", () => {
  const check = new RerunCheck({ ...recorded, samples: new Map() });
  check.samples([sample(0, "c"), sample(1, "e")]);
  check.metrics([point(1, 0.5), point(2, NaN), point(3, 0)]);
  check.weightHashes([hash(3, "a")]);
  assertEquals(
    verdictText(check.conclude([])),
    "identical: 3 metrics, 1 weight hashes, 0 samples",
  );
});

Deno.test("RerunCheck misses what was not reached, and what was not there before", () => {
  const short = new RerunCheck(recorded);
  short.samples([sample(0, "c")]);
  short.metrics([point(1, 0.5)]);
  match(
    verdictText(short.conclude([])),
    /^different from the end: 2 metrics, 1 weight hashes and 1 samples on record/,
  );
  for (const kind of ["metrics", "weightHashes", "samples"] as const) {
    const check = new RerunCheck(recorded);
    const points = recorded.points.filter(({ name }) => name === "loss");
    check.metrics(points.slice(kind === "metrics" ? 1 : 0));
    if (kind !== "weightHashes") check.weightHashes(recorded.weightHashes);
    const seen = [...recorded.samples].map(([index, sha256]) => ({
      ...{ index, step: 1, sha256, drawn: null },
    }));
    check.samples(seen.slice(kind === "samples" ? 1 : 0));
    match(verdictText(check.conclude([])), /^different from the end: .*1 /);
  }
  const more = new RerunCheck({
    points: [],
    weightHashes: [],
    samples: new Map(),
    extent: "whole",
  });
  more.weightHashes([hash(3, "a")]);
  match(
    verdictText(more.conclude([])),
    /^different from step 3: weights of head\/kernel were not recorded before/,
  );
});

Deno.test("RerunCheck takes a number for no difference that its run did not tell yet", () => {
  const loss = (step: number) =>
    ({ split: "validation", name: "loss", step, value: 1 }) as const;
  const verdictOn = (...told: readonly ReturnType<typeof loss>[]) => {
    const check = new RerunCheck({
      points: [point(1, 0.5), ...told],
      ...{ weightHashes: [], samples: new Map(), extent: "whole" },
    });
    check.metrics([loss(1), loss(2), point(1, 0.5), loss(3)]);
    return verdictText(check.conclude([]));
  };
  assertEquals(verdictOn(), "identical: 1 metrics, 0 weight hashes, 0 samples");
  assertEquals( // as of a run that a later version went on with
    verdictOn(loss(2), loss(3)),
    "identical: 3 metrics, 0 weight hashes, 0 samples",
  );
  match(
    verdictOn(loss(1), loss(2)),
    /^different from step 3: validation Loss was not recorded before/,
  );
});

Deno.test("RerunCheck on an unfinished run compares what it recorded alone", () => {
  const check = new RerunCheck({
    points: [point(1, 0.5)],
    weightHashes: [hash(1, "a")],
    samples: new Map([[0, "c".repeat(64)]]),
    extent: "unfinished",
  });
  check.samples([sample(0, "c"), sample(1, "d")]);
  check.metrics([point(1, 0.5), point(2, 3)]);
  check.weightHashes([hash(1, "a"), hash(2, "b")]);
  assertEquals(
    verdictText(check.conclude([])),
    "identical: 1 metrics, 1 weight hashes, 1 samples, " +
      "all that the unfinished run recorded",
  );
});
