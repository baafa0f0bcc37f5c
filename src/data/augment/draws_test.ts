import { openRng, type Zyx } from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { normalField, uniformField } from "./_random_field.ts";

const shapeVox: Zyx = [8, 64, 64];
const draws = 1500;

/** What an augmentation draws at many addresses. */
function drawn<Parameters>(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Parameters[] {
  const augmentation = augmentations.create(
    augmentations.schema.parse({ type, ...options }),
  );
  return Array.from({ length: draws }, (_, i) =>
    augmentation.draw(
      shapeVox,
      openRng(11).at("sample", i, "augment", 0),
    ) as Parameters);
}

/** The changes drawn for whole samples, each a record of numbers. */
function changes(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
) {
  return drawn<{ changes: Record<string, number>[] }>(
    type,
    { mode: "3d", ...options },
  ).map(({ changes: [first] }) => first!);
}

/**
 * Fails unless numbers spread evenly from `low` to `high`: by the largest distance
 * between their distribution and the even one (Kolmogorov and Smirnov), which is
 * above 2 / sqrt(n) once in 1,500 times.
 */
function assertEven(
  values: readonly number[],
  low: number,
  high: number,
): void {
  const sorted = values.toSorted((a, b) => a - b);
  assertEquals(sorted[0]! >= low && sorted.at(-1)! <= high, true, "range");
  const distance = Math.max(
    ...sorted.map((value, i) =>
      Math.abs((value - low) / (high - low) - (i + 0.5) / sorted.length)
    ),
  );
  assertEquals(distance < 2 / Math.sqrt(values.length), true, `${distance}`);
}

/** Fails unless `count` of `of` is what a chance gives, within 4 deviations. */
function assertRate(count: number, of: number, chance: number): void {
  const deviation = Math.sqrt(of * chance * (1 - chance));
  const isNear = Math.abs(count - of * chance) <= 4 * deviation;
  assertEquals(isNear, true, `${count} of ${of}, chance ${chance}`);
}

/** Fails if two lists of numbers go together, by more than 4 deviations of chance. */
function assertUnrelated(a: readonly number[], b: readonly number[]): void {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return values.map((v) => v - mean);
  };
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, v, i) => sum + v * q[i]!, 0);
  const x = centred(a), y = centred(b);
  const correlation = dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  const isSmall = Math.abs(correlation) < 4 / Math.sqrt(a.length);
  assertEquals(isSmall, true, `a correlation of ${correlation}`);
}

/** The share of the normal distribution below a number (Abramowitz, Stegun 7.1.26). */
function normalShare(value: number): number {
  const x = Math.abs(value) / Math.SQRT2, t = 1 / (1 + 0.3275911 * x);
  const series = [
    0.254829592,
    -0.284496736,
    1.421413741,
    -1.453152027,
    1.061405429,
  ]
    .reduce((sum, a, k) => sum + a * t ** (k + 1), 0);
  const above = series * Math.exp(-x * x) / 2;
  return value < 0 ? above : 1 - above;
}

/** Each number that is drawn evenly from a range, with that range's default. */
const ranges = [
  ["noise", "sigma", 0.01, 0.05],
  ["blur", "sigma", 0.5, 1.4],
  ["motionBlur", "angle", 0, Math.PI],
  ["sharpen", "alpha", 0.2, 0.5],
  ["sharpen", "lightness", 0.5, 1],
  ["emboss", "alpha", 0.2, 0.5],
  ["emboss", "strength", 0.2, 0.7],
  ["clahe", "clipLimit", 1, 4],
  ["superpixels", "share", 0.1, 0.5],
  ["lowResolution", "scale", 0.5, 1],
  ["gamma", "power", 0.7, 1.5],
  ["grey", "gain", 0.85, 1.15, { skip: 0 }],
  ["grey", "shift", -0.15, 0.15, { skip: 0 }],
] as const;

for (const [type, name, low, high, options] of ranges) {
  Deno.test(`${type}() draws its ${name} evenly from ${low} to ${high.toFixed(2)}`, () =>
    assertEven(
      changes(type, options).map((change) => change[name]!),
      low,
      high,
    ));
}

Deno.test("grey() draws the logarithm of its power evenly", () => {
  const powers = changes("grey", { skip: 0 }).map(({ power }) => power!);
  assertEven(powers.map(Math.log2), -1, 1);
});

Deno.test("intensity() draws its scale and its shift evenly, apart from each other", () => {
  const all = drawn<{ changes: { scale: number; shift: number }[] }>(
    "intensity",
    { sectionWise: false },
  ).map(({ changes: [first] }) => first!);
  const scales = all.map(({ scale }) => scale);
  const shifts = all.map(({ shift }) => shift);
  assertEven(scales, 0.9, 1.1);
  assertEven(shifts, -0.1, 0.1);
  assertUnrelated(scales, shifts);
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

Deno.test("gamma() counts from the bright end at its chance", () => {
  const inverted = changes("gamma").filter(({ inverted }) => inverted);
  assertRate(inverted.length, draws, 0.25);
});

Deno.test("elastic() draws each turn as likely", () => {
  const rotationInterval = [-0.5, 1.5];
  const angles = drawn<{ angle: number }>("elastic", { rotationInterval })
    .map(({ angle }) => angle);
  assertEven(angles, -0.5, 1.5);
});

Deno.test("elastic() draws normal offsets, those along y apart from those along x", () => {
  const sigma = [1, 2, 5];
  const all = drawn<{ offsetsVox: number[][] }>(
    "elastic",
    { jitterSigma: sigma, controlPointSpacing: [8, 32, 32] },
  ).map(({ offsetsVox }) => offsetsVox);
  const along = sigma.map((_, axis) => all.flatMap((axes) => axes[axis]!));
  for (const [axis, values] of along.entries()) {
    assertEquals(values.length, draws * 1 * 2 * 2);
    // Shares of the normal distribution below normal numbers are even.
    assertEven(values.map((value) => normalShare(value / sigma[axis]!)), 0, 1);
  }
  assertUnrelated(along[0]!, along[1]!);
  assertUnrelated(along[1]!, along[2]!);
  assertUnrelated(along[1]!.slice(1), along[1]!.slice(0, -1));
});

Deno.test("elastic() slips from where a section was, not from where it was shifted to", () => {
  const all = drawn<{ imageShiftsVox: number[][]; labelShiftsVox: number[][] }>(
    "elastic",
    { probSlip: 0.5, probShift: 0.5, maxMisalign: 3, slipLabels: false },
  );
  let slips = 0, far = 0;
  const wandered: number[] = [];
  for (const { imageShiftsVox, labelShiftsVox } of all) {
    for (const [z, [y, x]] of imageShiftsVox.entries()) {
      const [labelY, labelX] = labelShiftsVox[z]!;
      if (y === labelY && x === labelX) continue; // a shift, both accumulate
      slips++;
      assertEquals(Math.max(Math.abs(y!), Math.abs(x!)) <= 3, true, "a slip");
      if (Math.max(Math.abs(labelY!), Math.abs(labelX!)) > 3) far++;
    }
    wandered.push(labelShiftsVox.at(-1)![0]!);
  }
  // Of 49 slips one shows nothing where nothing was shifted before: 0.5 to 0.49.
  const sections = all.length * shapeVox[0];
  assertEquals(slips > 0.48 * sections && slips < 0.52 * sections, true);
  assertEquals(far > 0.1 * slips, true, "slips after shifts beyond 3 voxels");
  // Half of 8 sections add whole numbers from -3 to 3, whose variance is 4.
  const variance = wandered.reduce((sum, vox) => sum + vox * vox, 0) / draws;
  assertEquals(Math.abs(variance - 16) < 16 * 4 * Math.sqrt(2.2 / draws), true);
});

Deno.test("medianBlur() draws each odd side as often", () => {
  const sides = changes("medianBlur").map(({ sideVox }) => sideVox);
  for (const side of [3, 5, 7]) {
    assertRate(sides.filter((s) => s === side).length, draws, 1 / 3);
  }
});

Deno.test("a mix treats half of the samples whole, and sections at their chance", () => {
  const options = { mode: "mix", sectionP: 0.25 };
  const all = drawn<{ changes: unknown[] }>("blur", options);
  const bySection = all.filter(({ changes }) => changes.length === shapeVox[0]);
  assertRate(bySection.length, draws, 0.5);
  const sections = bySection.flatMap(({ changes }) => changes);
  assertRate(
    sections.filter((change) => change !== null).length,
    sections.length,
    0.25,
  );
});

Deno.test("motionBlur() smears one section in ten by itself", () => {
  const sections = drawn<{ changes: unknown[] }>("motionBlur")
    .flatMap(({ changes }) => changes);
  assertEquals(sections.length, draws * shapeVox[0]);
  assertRate(
    sections.filter((change) => change !== null).length,
    sections.length,
    0.1,
  );
});

for (const type of ["cutout", "cutNoise", "cutBlur"]) {
  Deno.test(`${type}() draws each extent and each place of its boxes as often`, () => {
    const options = { boxes: 2, minVox: [1, 10, 20], maxVox: [4, 29, 20] };
    const boxes = drawn<{ boxes: { startVox: Zyx; shapeVox: Zyx }[] }>(
      type,
      options,
    ).flatMap(({ boxes }) => boxes);
    assertEquals(boxes.length, 2 * draws);
    for (const depth of [1, 2, 3, 4]) {
      assertRate(
        boxes.filter((box) => box.shapeVox[0] === depth).length,
        boxes.length,
        1 / 4,
      );
    }
    for (const height of [10, 29]) {
      assertRate(
        boxes.filter((box) => box.shapeVox[1] === height).length,
        boxes.length,
        1 / 20,
      );
    }
    for (const start of [0, 17, 44]) { // of a box of 20 in a patch of 64
      assertRate(
        boxes.filter((box) => box.startVox[2] === start).length,
        boxes.length,
        1 / 45,
      );
    }
  });
}

Deno.test("cutBlur() draws the side of its blocks evenly", () => {
  const sides = drawn<{ boxes: { blockVox: number }[] }>("cutBlur")
    .flatMap(({ boxes }) => boxes.map(({ blockVox }) => blockVox));
  assertEven(sides, 2, 8);
});

Deno.test("a field of noise is normal or even, and another one at each address", () => {
  const numbers = normalField("11/sample/0/augment/0/field", 40_000);
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  const variance = numbers.reduce((sum, n) => sum + n * n, 0) / numbers.length;
  // Standard deviations of both: 0.005 and 0.007.
  assertEquals(Math.abs(mean) < 0.02, true, `mean ${mean}`);
  assertEquals(Math.abs(variance - 1) < 0.03, true, `variance ${variance}`);
  const within = numbers.filter((n) => Math.abs(n) < 1).length;
  assertRate(within, numbers.length, 0.682689);
  assertEven([...numbers.subarray(0, 4000)].map(normalShare), 0, 1);
  assertEven([...uniformField("11/sample/0/augment/1/field", 4000)], -1, 1);
  const other = normalField("11/sample/1/augment/0/field", 40_000);
  const both = numbers.reduce((sum, n, i) => sum + n * other[i]!, 0);
  assertEquals(Math.abs(both / numbers.length) < 0.02, true, "correlated");
});
