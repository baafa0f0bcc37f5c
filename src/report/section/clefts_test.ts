import { deepEqual, equal, match } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeMeasured, makeReport } from "../_testing.ts";

/** A run with a Dice a section, and how much it has of each cleft. */
const run = (
  experiment: string,
  ap: number,
  { dice, found }: {
    readonly dice: readonly number[];
    readonly found: readonly number[];
  },
) =>
  makeMeasured({ experiment }, {
    metrics: { ap },
    everySection: dice.map((dice, z) => ({
      ...{ z, dice },
      ...{ truthVox: 5, predictedVox: 5 },
    })),
    clefts: found.map((foundVox, i) => ({
      atVox: [i, 2, 3],
      sizeVox: 10 + i,
      foundVox,
    })),
  });

const see = (...runs: Parameters<typeof makeReport>[0]) =>
  seeSection({ type: "clefts" }, makeReport(runs)).lines;

const best = run("best", 0.9, { dice: [0.5, 0.5, 0.5], found: [1, 0, 0, 2] });
const other = run("other", 0.5, { dice: [0.4, 0.5, 0.3], found: [0, 0, 0, 1] });

Deno.test("clefts tells what all runs missed, and the best run from the others by place", () => {
  const lines = see(other, best);
  deepEqual(lines.slice(0, 5), [
    "Validation vnc_stack1 y 0–415",
    "Of 4 clefts, 1 found by every run, 1 by some, 2 missed by all .",
    "The clefts that were missed by all",
    "z 2, y 2, x 3 12 voxels", // the largest first
    "z 1, y 2, x 3 11 voxels",
  ]);
  match(lines.at(-3)!, /^other \| −0\.100 \[.*\] \| 0 \| 2 \| 0 \| 1 \| 1$/);
});

Deno.test("clefts corrects p for the number of runs", () => {
  const all = run("all", 0.9, { dice: [1], found: Array(6).fill(1) });
  const none = (name: string) =>
    run(name, 0.1, { dice: [0], found: Array(6).fill(0) });
  const psOf = (...names: string[]) =>
    see(all, ...names.map(none)).flatMap((line) =>
      /^\w+ \|.*\| 6 \| (.*)$/.exec(line)?.[1] ?? []
    );
  deepEqual(psOf("a"), ["0.031"]); // 2 · 0.5⁶
  deepEqual(psOf("a", "b"), ["0.063", "0.063"]);
});

Deno.test("clefts tells of a single run what it missed", () => {
  equal(see(best)[1], "Of 4 clefts, 2 found, 2 missed .");
});

Deno.test("clefts leaves out runs of other clefts, and records without places", () => {
  const elsewhere = run("elsewhere", 0.1, { dice: [1], found: [1] });
  equal(see(best, elsewhere)[1], "Of 4 clefts, 2 found, 2 missed .");
  deepEqual(see(makeMeasured({}, {})), []);
});
