import { openRng, type Sample } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { assertEven, assertUnrelated, drawn } from "./_draws_testing.ts";
import { intensity } from "./intensity.ts";

const defaults = {
  scale: [0.9, 1.1],
  shift: [-0.1, 0.1],
  sectionWise: true,
  clip: true,
} as const;

/** One section of 0.2, 0.4 and 0.9: their mean is 0.5. */
function threeGreys(): Sample {
  return makeSample({
    shapeVox: [1, 1, 3],
    grey: (_z, _y, x) => [0.2, 0.4, 0.9][x]!,
  });
}

Deno.test("intensity() gives gunpowder's values", () => {
  const { image } = intensity.create(defaults)
    .apply(threeGreys(), { changes: [{ scale: 1.1, shift: -0.1 }] });
  [0.07, 0.29, 0.84].forEach((value, x) =>
    assertAlmostEquals(image[x]!, value, 1e-6)
  );
});

Deno.test("intensity() clips, or not when told so", () => {
  const parameters = { changes: [{ scale: 2, shift: 0.1 }] };
  const clipped = intensity.create(defaults).apply(threeGreys(), parameters);
  [0, 0.4, 1].forEach((value, x) =>
    assertAlmostEquals(clipped.image[x]!, value, 1e-6)
  );
  const free = intensity.create({ ...defaults, clip: false })
    .apply(threeGreys(), parameters);
  assertAlmostEquals(free.image[2]!, 1.4, 1e-6);
});

Deno.test("intensity() takes the mean of the slab it changes, without what is outside", () => {
  const before: Sample = {
    ...makeSample({
      shapeVox: [2, 1, 3],
      grey: (z, _y, x) => x === 2 ? 0 : (z + x) / 4,
    }),
    inside: { startVox: [0, 0, 0], shapeVox: [2, 1, 2] },
  };
  const still = { scale: 1, shift: 0 };
  const { image } = intensity.create(defaults)
    .apply(before, { changes: [still, { scale: 0, shift: 0 }] });
  assertSameNumbers(image.subarray(0, 3), [0, 0.25, 0]);
  assertSameNumbers(image.subarray(3, 5), [0.375, 0.375]); // of 0.25 and 0.5
});

Deno.test("intensity() draws a change for each section, or one for all", () => {
  const count = (sectionWise: boolean) =>
    intensity.create({ ...defaults, sectionWise })
      .draw([7, 2, 2], openRng(1)).changes.length;
  assertEquals(count(true), 7);
  assertEquals(count(false), 1);
  const { changes } = intensity.create(defaults).draw([2000, 1, 1], openRng(3));
  for (
    const [values, low, high] of [
      [changes.map((c) => c.scale), 0.9, 1.1],
      [changes.map((c) => c.shift), -0.1, 0.1],
    ] as const
  ) {
    assertEquals(values.every((v) => v >= low && v < high), true);
    const mean = values.reduce((a, b) => a + b) / values.length;
    assertAlmostEquals(mean, (low + high) / 2, 4 * 0.2 / Math.sqrt(12 * 2000));
  }
});

Deno.test("intensity() draws its scale and its shift evenly, apart from each other", () => {
  const all = drawn<{ changes: { scale: number; shift: number }[] }>(
    "intensity",
    { sectionWise: false },
  ).map(({ changes: [first] }) => first!);
  const scales = all.map(({ scale }) => scale);
  const shifts = all.map(({ shift }) => shift);
  assertEven(scales, [0.9, 1.1]);
  assertEven(shifts, [-0.1, 0.1]);
  assertUnrelated(scales, shifts);
});
