import { assertEquals } from "@test/helpers.ts";
import { newVerdict } from "./_testing.ts";
import { verdictText } from "./verdict.ts";

Deno.test("verdictText() tells how much is the same, and of which extent", () => {
  const same = "identical: 3 metrics, 2 weight hashes, 1 samples";
  assertEquals(verdictText(newVerdict()), same);
  assertEquals(
    verdictText({ ...newVerdict(), extent: "unfinished" }),
    `${same}, all that the unfinished run recorded`,
  );
  assertEquals(
    verdictText({ ...newVerdict(), extent: "measured" }),
    `${same}, all that was measured of weights trained before`,
  );
});

Deno.test("verdictText() tells what differs first, and why it may", () => {
  const verdict = newVerdict({ step: 3, what: "train loss is 1, was 2" });
  assertEquals(
    verdictText({ ...verdict, reasons: ["threads: 4, was 2", "commit: b"] }),
    "different from step 3: train loss is 1, was 2, " +
      "likely because of threads: 4, was 2; commit: b",
  );
  assertEquals(
    verdictText({
      ...newVerdict({ step: null, what: "2 metrics were not reached" }),
      reasons: [],
    }),
    "different from the end: 2 metrics were not reached, " +
      "and engine, threads, code, lockfile and data are the same",
  );
});
