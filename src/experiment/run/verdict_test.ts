import { match } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { Verdict } from "./verdict.ts";

const point = (step: number, value: number, name = "loss") =>
  ({ split: "train", name, step, value }) as const;
const hash = (step: number, digit: string) =>
  ({ step, layer: "head/kernel", sha256: digit.repeat(64) }) as const;
const recorded = [
  point(1, 0.5),
  point(2, NaN),
  point(2, 7, "speed.stepMs"),
  point(3, 0),
];

Deno.test("Verdict says identical where all is the same, NaN too, and speeds differ", () => {
  const verdict = new Verdict(recorded, [hash(3, "a")], true);
  verdict.metrics([point(1, 0.5), point(2, NaN), point(2, 9, "speed.stepMs")]);
  verdict.metrics([point(3, 0)]);
  verdict.weightHashes([hash(3, "a")]);
  assertEquals(verdict.conclude([]), "identical: 3 metrics, 1 weight hashes");
});

Deno.test("Verdict tells the first difference, and what surrounds it", () => {
  const verdict = new Verdict(recorded, [hash(3, "a")], true);
  verdict.metrics([point(1, 0.5), point(2, NaN), point(3, -0)]);
  verdict.weightHashes([hash(3, "b")]);
  assertEquals(
    verdict.conclude(["threads: 4, was 2"]),
    "different from step 3: train loss is 0, was 0, " +
      "likely because of threads: 4, was 2",
  );
});

Deno.test("Verdict misses what was not reached, and what was not there before", () => {
  const short = new Verdict(recorded, [hash(3, "a")], true);
  short.metrics([point(1, 0.5)]);
  match(short.conclude([]), /^different from the end: 2 metrics and 1 weight/);
  const more = new Verdict([], [], true);
  more.weightHashes([hash(3, "a")]);
  match(
    more.conclude([]),
    /^different from step 3: weights of head\/kernel were not recorded before/,
  );
});

Deno.test("Verdict on an unfinished run compares what it recorded alone", () => {
  const verdict = new Verdict([point(1, 0.5)], [hash(1, "a")], false);
  verdict.metrics([point(1, 0.5), point(2, 3)]);
  verdict.weightHashes([hash(1, "a"), hash(2, "b")]);
  assertEquals(
    verdict.conclude([]),
    "identical: 1 metrics, 1 weight hashes, all that the unfinished run recorded",
  );
});
