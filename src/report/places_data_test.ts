import { deepEqual } from "node:assert/strict";
import { makeMeasured, makeReport } from "./_testing.ts";
import { comparedPlaces } from "./compared_places.ts";
import { openPage } from "./page.ts";
import { placesData } from "./places_data.ts";

/** A run with sections from `first` on, and what it found of two clefts. */
const run = (
  ap: number,
  { first, dice, found }: {
    readonly first: number;
    readonly dice: readonly number[];
    readonly found: readonly number[];
  },
) =>
  makeMeasured({ experiment: `r${ap}` }, {
    metrics: { ap },
    everySection: dice.map((dice, i) => ({
      ...{ z: first + i, dice, truthVox: i, predictedVox: i === 1 ? 0 : 7 },
    })),
    clefts: found.map((foundVox, z) => ({
      ...{ atVox: [z, 2, 3] as const, sizeVox: 10 + z, foundVox },
    })),
  });

Deno.test("placesData() packs what each run did in each place, the best run first", () => {
  const [volume] = comparedPlaces(openPage(makeReport([
    run(0.5, { first: 1, dice: [0.25, NaN], found: [0, 0] }),
    run(0.9, { first: 0, dice: [0.123456789, 0, 1], found: [0, 4] }),
  ])));
  deepEqual(placesData(volume!), {
    clefts: [[0, 2, 3, 10], [1, 2, 3, 11]],
    sections: [0, 1, 2],
    runs: [
      { run: 1, dice: [0.12346, 0, 1], seen: "213", found: "01" },
      { run: 0, dice: [null, 0.25, null], seen: "021", found: "00" },
    ],
  });
});
