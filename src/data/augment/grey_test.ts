import { openRng, type Sample } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import {
  assertEven,
  assertUnrelated,
  drawn,
  drawnChanges,
} from "./_draws_testing.ts";
import { grey } from "./grey.ts";

const defaults = { contrast: 0.3, brightness: 0.3, gamma: 1, skip: 0.3 };

/** The hand-worked sample of two sections, both 0.2, 0.5 and 0.9. */
function threeGreys(): Sample {
  return makeSample({
    shapeVox: [2, 1, 3],
    grey: (_z, _y, x) => [0.2, 0.5, 0.9][x]!,
  });
}

// U = 0.25, 0.75 and 0.8: gain 0.925, shift 0.075, power 2^0.6.
const change = { gain: 0.925, shift: 0.075, power: 2 ** 0.6 };
const changed = [0.129797226, 0.390238558, 0.863192075];

Deno.test("grey() gives the hand-worked values", () => {
  const { apply } = grey.create({ ...defaults, mode: "3d" });
  const { image } = apply(threeGreys(), { mode: "3d", changes: [change] });
  [...changed, ...changed].forEach((value, i) =>
    assertAlmostEquals(image[i]!, value, 1e-6)
  );
});

Deno.test("grey() treats each section by its own change in 2d", () => {
  const { apply } = grey.create({ ...defaults, mode: "2d" });
  const changes = [{ gain: 1, shift: 0, power: 1 }, change];
  const { image } = apply(threeGreys(), { mode: "2d", changes });
  assertSameNumbers(image.subarray(0, 3), Float32Array.of(0.2, 0.5, 0.9));
  changed.forEach((value, x) => assertAlmostEquals(image[3 + x]!, value, 1e-6));
});

Deno.test("grey() clips before it takes the power", () => {
  const { apply } = grey.create({ ...defaults, mode: "3d" });
  const before = makeSample({
    shapeVox: [1, 1, 3],
    grey: (_z, _y, x) => x / 2,
  });
  const changes = [{ gain: 1.2, shift: -0.1, power: 0.5 }];
  const { image } = apply(before, { mode: "3d", changes });
  [0, Math.sqrt(0.5), 1].forEach((value, x) =>
    assertAlmostEquals(image[x]!, value, 1e-6)
  );
});

Deno.test("grey() leaves three in ten samples alone and splits the rest", () => {
  const { draw } = grey.create({ ...defaults, mode: "mix" });
  const n = 4000, counts = { none: 0, "2d": 0, "3d": 0 };
  for (let i = 0; i < n; i++) {
    const { mode, changes } = draw([5, 4, 4], openRng(2).at("sample", i));
    counts[mode]++;
    assertEquals(changes.length, { none: 0, "2d": 5, "3d": 1 }[mode]);
  }
  const near = (count: number, share: number) =>
    assertAlmostEquals(
      count,
      n * share,
      4 * Math.sqrt(n * share * (1 - share)),
    );
  near(counts.none, 0.3);
  near(counts["2d"], 0.35);
  near(counts["3d"], 0.35);
});

Deno.test("grey() draws gain, shift and power within their ranges", () => {
  const { draw } = grey.create({ ...defaults, mode: "2d", skip: 0 });
  const { changes } = draw([2000, 1, 1], openRng(3));
  const check = (values: number[], low: number, high: number) => {
    assertEquals(values.every((v) => v >= low && v <= high), true);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const sigma = (high - low) / Math.sqrt(12 * values.length);
    assertAlmostEquals(mean, (low + high) / 2, 4 * sigma);
  };
  check(changes.map((c) => c.gain), 0.85, 1.15);
  check(changes.map((c) => c.shift), -0.15, 0.15);
  check(changes.map((c) => Math.log2(c.power)), -1, 1);
});

Deno.test("grey() is the identity at zero strength", () => {
  const augmentation = grey.create({
    mode: "mix",
    contrast: 0,
    brightness: 0,
    gamma: 0,
    skip: 0,
  });
  const before = makeSample({ shapeVox: [2, 4, 4] });
  const drawn = augmentation.draw(before.shapeVox, openRng(1));
  assertSameNumbers(augmentation.apply(before, drawn).image, before.image);
});

Deno.test("grey() draws its gain and its shift evenly", () => {
  const changes = drawnChanges("grey", { skip: 0 });
  assertEven(changes.map(({ gain }) => gain!), [0.85, 1.15]);
  assertEven(changes.map(({ shift }) => shift!), [-0.15, 0.15]);
});

Deno.test("grey() draws the logarithm of its power evenly", () => {
  const powers = drawnChanges("grey", { skip: 0 }).map(({ power }) => power!);
  assertEven(powers.map(Math.log2), [-1, 1]);
});

Deno.test("grey() draws anew for each section and each sample", () => {
  const bySection = drawn<{ changes: { gain: number }[] }>(
    "grey",
    { mode: "2d", skip: 0 },
  ).map(({ changes }) => changes.map(({ gain }) => gain));
  const first = bySection.map(([gain]) => gain!);
  assertUnrelated(first, bySection.map(([, gain]) => gain!));
  assertUnrelated(first.slice(1), first.slice(0, -1));
});
