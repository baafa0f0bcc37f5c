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
] as const;

for (const [type, name, low, high] of ranges) {
  Deno.test(`${type}() draws its ${name} evenly from ${low} to ${high.toFixed(2)}`, () =>
    assertEven(changes(type).map((change) => change[name]!), low, high));
}

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
  assertEven([...uniformField("11/sample/0/augment/1/field", 4000)], -1, 1);
  const other = normalField("11/sample/1/augment/0/field", 40_000);
  const both = numbers.reduce((sum, n, i) => sum + n * other[i]!, 0);
  assertEquals(Math.abs(both / numbers.length) < 0.02, true, "correlated");
});
