import { deepEqual, equal } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { missedHtml } from "./missed_html.ts";

/** What runs found of clefts at z 0, 1, 2 …, the later the larger. */
const missed = (...runs: readonly string[]) =>
  missedHtml(
    runs.map((found) =>
      [...found].map((digit, z) => ({
        ...{ atVox: [z, 0, 0] as const, sizeVox: 10 + z },
        foundVox: Number(digit),
      }))
    ),
  );

Deno.test("missedHtml() tells what all found, some, and none, the largest first", () => {
  const { sentence, places } = missed("1100", "1000");
  equal(
    see(sentence).lines.join(),
    "Of 4 clefts, 1 found by every run, 1 by some, 2 missed by all .",
  );
  deepEqual(see(places).lines, [
    "z 3, y 0, x 0 13 voxels",
    "z 2, y 0, x 0 12 voxels",
  ]);
});

Deno.test("missedHtml() of one run, of none missed, and of very many", () => {
  equal(
    see(missed("10").sentence).lines.join(),
    "Of 2 clefts, 1 found, 1 missed .",
  );
  equal(missed("11", "11").places, "");
  equal(
    see(missed("0".repeat(14)).places).lines.at(-1),
    "The 12 largest of 14.",
  );
});
