import { throws } from "node:assert/strict";
import { meanOf } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { assertEven, drawn, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened } from "./_testing.ts";

comparePeers("noise");

Deno.test("noise() draws its sigma evenly from 0.01 to 0.05, and a field for each sample", () => {
  assertEven(drawnChanges("noise").map(({ sigma }) => sigma!), [0.01, 0.05]);
  const fields = drawn<{ field: string }>("noise").map(({ field }) => field);
  assertEquals(new Set(fields).size, fields.length);
});

const noisy = (changes: readonly unknown[], field: unknown, grey = 0.5) =>
  applied(opened("noise"), {
    shapeVox: [2, 50, 50],
    grey: () => grey,
    parameters: { changes, field },
  }).image;

Deno.test("noise() adds as much as its sigma says, nothing on average", () => {
  for (const sigma of [0.01, 0.05, 0.1]) {
    const added = noisy([{ sigma }], "3/a").map((grey) => grey - 0.5);
    // Of 5,000 numbers the mean is off by 0.014 sigma, the deviation by 0.01.
    assertAlmostEquals(meanOf(added), 0, 0.05 * sigma);
    const deviation = Math.sqrt(meanOf(added.map((one) => one * one)));
    assertAlmostEquals(deviation, sigma, 0.05 * sigma);
  }
});

Deno.test("noise() clips to 0 and 1 where it adds something, and not elsewhere", () => {
  const image = noisy([{ sigma: 5 }, null], "3/a");
  const first = image.subarray(0, 2500);
  assertEquals(Math.min(...first), 0);
  assertEquals(Math.max(...first), 1);
  assertSameNumbers(image.subarray(2500), new Array(2500).fill(0.5));
  const beyond = noisy([{ sigma: 0 }], "3/a", -1 / 256); // what is no volume
  assertSameNumbers(beyond, new Array(5000).fill(-1 / 256));
});

Deno.test("noise() takes a number for each voxel, or an address", () => {
  const fits = (field: unknown) =>
    accepts(opened("noise"), {
      shapeVox: [1, 2, 2],
      parameters: { changes: [{ sigma: 1 }], field },
    });
  assertEquals(fits([0, 1, 2, 3]), true);
  assertEquals(fits("1/sample/2"), true);
  assertEquals(fits([0, 1, 2]), false);
  throws(() => noisy([{ sigma: 0.1 }], [0.5]), {
    name: "ExperimentError",
    message: "Cannot use a field of 1 numbers for 5000 voxels",
  });
});
