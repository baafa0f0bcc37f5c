import assert from "node:assert/strict";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { withFloors } from "./curve_axes.js";
import { bandOf, valuesAt } from "./bands.js";
import { logRange, logTicks, short, shortStep } from "./format.js";
import {
  heat,
  outcome,
  outcomeColours,
  outline,
  overlayPixels,
  scaleBarNm,
} from "./overlay.js";
import { medianSection } from "./section_order.js";
import { smooth, smoothingWords } from "./smooth.js";

Deno.test("smooth() is an average weighted by age, without bias at the start", () => {
  // Weight 0.5: after 1, 3 the ages weigh 1/2 and 1, so (0.5 + 3) / 1.5.
  const { values } = smooth({ steps: [1, 2], values: [1, 3] }, 0.5);
  assertAlmostEquals(values[0]!, 1, 1e-12);
  assertAlmostEquals(values[1]!, 3.5 / 1.5, 1e-12);
});

Deno.test("smooth() keeps gaps, constants and, at weight 0, everything", () => {
  const curve = { steps: [1, 5, 6, 9], values: [2, null, 2, 2] };
  assert.deepEqual(smooth(curve, 0.9).values, [2, null, 2, 2]);
  assert.deepEqual(smooth(curve, 0), curve);
});

Deno.test("smoothingWords() say over how many points a weight averages", () => {
  assertEquals(smoothingWords(0), "none, as measured");
  assertEquals(smoothingWords(0.5), "mean over 2.0 points");
  assertEquals(smoothingWords(0.99), "mean over 100 points");
});

Deno.test("withFloors() takes in what lies near, not what would flatten curves", () => {
  assert.deepEqual(withFloors([2, 4], [1, 4.5]), [1, 4.5]);
  assert.deepEqual(withFloors([2, 4], [9, 3]), [2, 4]);
  assert.deepEqual(withFloors([null, null], [1]), [null, null]);
});

Deno.test("overlayPixels() colours errors at the threshold", () => {
  const truth = Uint8Array.of(255, 255, 0, 0);
  const prediction = Uint8Array.of(200, 100, 200, 100);
  const pixels = overlayPixels(prediction, {
    ...{ truth, mode: "errors", threshold: 0.5, rival: null },
  });
  const alphas = [3, 7, 11, 15].map((i) => pixels[i]);
  assert.deepEqual(alphas, [255, 255, 255, 0]);
  const colours = [0, 4, 8].map((i) => String(pixels.subarray(i, i + 3)));
  assertEquals(new Set(colours).size, 3); // found, missed, false
  assertEquals(outcome(true, false), "missed");
});

Deno.test("overlayPixels() counts a probability that rounds to the threshold", () => {
  // 0.35 · 255 = 89.25 was stored as 89.
  const pixels = overlayPixels(Uint8Array.of(89, 88), {
    ...{ truth: null, mode: "errors", threshold: 0.35, rival: null },
  });
  assert.deepEqual([pixels[3], pixels[7]], [255, 0]);
});

Deno.test("overlayPixels() of a difference has what a run calls alone", () => {
  const truth = Uint8Array.of(255, 255, 0, 0, 255);
  const rival = { grey: Uint8Array.of(9, 80, 9, 80, 80), threshold: 0.3 };
  const pixels = overlayPixels(Uint8Array.of(99, 99, 99, 99, 9), {
    ...{ truth, mode: "difference", threshold: 0.35, rival },
  });
  const seen = [0, 1, 2, 3, 4].map((i) =>
    pixels[i * 4 + 3] === 0 ? null : [...pixels.subarray(i * 4, i * 4 + 3)]
  );
  const { hit, false: wrong } = outcomeColours;
  assert.deepEqual(seen, [hit, null, wrong, null, null]);
});

Deno.test("medianSection() is of those that all runs have", () => {
  const run = (...zs: readonly number[]) => ({
    sections: zs.map((z) => ({ z, dice: z / 10 })),
  });
  assertEquals(medianSection([run(9, 1, 5)]).z, 5);
  assertEquals(medianSection([run(9, 1, 5, 7), run(1, 7, 9)]).z, 7);
  assertEquals(medianSection([run(3), run(4)]).z, 3); // none is common
});

Deno.test("heat() grows brighter with probability", () => {
  const brightness = Array.from({ length: 11 }, (_, i) => {
    const [r, g, b] = heat(i / 10);
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  });
  for (let i = 1; i < brightness.length; i++) {
    assert(brightness[i]! > brightness[i - 1]!);
  }
});

Deno.test("outline() encloses the truth by few straight lines", () => {
  // One row of two voxels in a 4 × 3 picture: a rectangle of 2 × 1.
  const truth = new Uint8Array(12);
  truth[5] = truth[6] = 255;
  assert.deepEqual(outline(truth, 4, 3), [
    [1, 1, 3, 1],
    [1, 2, 3, 2],
    [1, 1, 1, 2],
    [3, 1, 3, 2],
  ]);
});

Deno.test("outline() follows the border of the picture", () => {
  assert.deepEqual(outline(Uint8Array.of(255), 1, 1).length, 4);
});

Deno.test("scaleBarNm() fits a quarter of the picture", () => {
  assertEquals(scaleBarNm(3238), 500);
  assertEquals(scaleBarNm(8000), 2000);
  assertEquals(scaleBarNm(799), 100);
});

Deno.test("logTicks() stay few and inside, however far the range", () => {
  assert.deepEqual(logTicks(0.09, 1.2), [0.1, 0.2, 0.5, 1]);
  assert.deepEqual(logTicks(0.61, 0.63).length, 3);
  for (const [low, high] of [[1e-300, 1e300], [1e-30, 1e-29], [0.9, 1.1]]) {
    const [min, max] = logRange(low!, high!) as [number, number];
    const ticks = logTicks(min, max);
    assert(ticks.length > 1 && ticks.length < 30, `${ticks}`);
    assert(ticks.every((tick) => tick >= min && tick <= max));
  }
  assert.deepEqual(logRange(-1, 0), [0.1, 1]);
});

Deno.test("short() keeps numbers within a few characters", () => {
  assertEquals(short(0.000012345), "1.23e−5");
  assertEquals(short(0.12345), "0.1235");
  assertEquals(short(-3), "−3");
  assertEquals(short(1166000), "1.166M");
  assertEquals(short(null), "–");
  assertEquals(shortStep(15000), "15k");
});

Deno.test("bandOf() spans curves at the steps of the longest", () => {
  const band = bandOf([
    { steps: [1, 3], values: [2, 4] },
    { steps: [1, 2, 3, 4], values: [6, null, 8, 9] },
  ]);
  assert.deepEqual(band, {
    steps: [1, 2, 3, 4],
    mean: [4, 3, 6, 9], // the gap and the end leave one of the two
    low: [2, 3, 4, 9],
    high: [6, 3, 8, 9],
  });
});

Deno.test("valuesAt() draws lines between points, and none over gaps", () => {
  const curve = { steps: [2, 4, 8], values: [1, 3, null] };
  assert.deepEqual(valuesAt(curve, [1, 2, 3, 4, 6, 9]), [
    ...[null, 1, 2, 3, null, null],
  ]);
});
