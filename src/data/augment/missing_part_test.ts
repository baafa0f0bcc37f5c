import { type Entry, ExperimentError, openRng, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { throws } from "node:assert";
import type { MissingPart, MissingPartParameters } from "./missing_part.ts";
import { type Augmentation, augmentations } from "./mod.ts";

function open(
  given: Record<string, unknown>,
): Augmentation<MissingPartParameters> {
  const entry = augmentations.schema.parse({ type: "missingPart", ...given });
  return augmentations.create(entry as Entry) as Augmentation<
    MissingPartParameters
  >;
}

Deno.test("missingPart() paints the part and nothing else", () => {
  const before = makeSample({ shapeVox: [3, 5, 6] });
  const after = open({}).apply(before, {
    parts: [{ section: 1, startVox: [1, 2], shapeVox: [3, 2], grey: 0.25 }],
  });
  before.image.forEach((grey, i) => {
    const z = Math.floor(i / 30), y = Math.floor(i / 6) % 5, x = i % 6;
    const isIn = z === 1 && y >= 1 && y < 4 && x >= 2 && x < 4;
    assertEquals(after.image[i], isIn ? 0.25 : grey);
  });
  assertEquals(after.target, before.target);
  assertEquals(after.mask, before.mask);
});

Deno.test("missingPart() draws sections, shares and grey values in their ranges", () => {
  const { draw } = open({ fillValue: [0.2, 0.4] });
  const n = 1000, [depth, height, width]: Zyx = [7, 40, 80];
  const parts: MissingPart[] = [], hits = new Array<number>(depth).fill(0);
  for (let i = 0; i < n; i++) {
    const drawn = draw([depth, height, width], openRng(8).at(i)).parts;
    assertEquals(drawn.length, 2);
    assertEquals(drawn[0]!.section < drawn[1]!.section, true, "two sections");
    for (const part of drawn) hits[part.section]!++;
    parts.push(...drawn);
  }
  assertEquals(hits[0]! + hits[6]!, 0, "the first and the last");
  for (const hit of hits.slice(1, 6)) {
    assertAlmostEquals(hit, n * 2 / 5, 4 * Math.sqrt(n * 2 / 5 * 3 / 5));
  }
  const whole = parts.filter(({ shapeVox }) => shapeVox[0] === height);
  assertAlmostEquals(whole.length, n, 4 * Math.sqrt(n / 2));
  const partial = parts.filter(({ shapeVox }) => shapeVox[0] < height);
  const shares = partial.map(({ shapeVox }) => shapeVox[1] / width);
  assertEquals(shares.every((share) => share >= 0.24 && share < 0.75), true);
  const mean = shares.reduce((a, b) => a + b) / shares.length;
  assertAlmostEquals(mean, 0.5 - 0.5 / width, 4 * 0.15 / Math.sqrt(n));
  for (const { startVox: [y, x], shapeVox, grey } of parts) {
    assertEquals(y >= 0 && y + shapeVox[0] <= height, true);
    assertEquals(x >= 0 && x + shapeVox[1] <= width, true);
    assertEquals(grey >= 0.2 && grey <= 0.4, true);
  }
});

Deno.test("missingPart() leaves patches of one or two sections as they are", () => {
  for (const depth of [1, 2]) {
    const before = makeSample({ shapeVox: [depth, 3, 2] });
    const augmentation = open({ numSections: 5 });
    const drawn = augmentation.draw(before.shapeVox, openRng(1));
    assertSameNumbers(augmentation.apply(before, drawn).image, before.image);
  }
});

Deno.test("missingPart() refuses a part outside of the section", () => {
  const before = makeSample({ shapeVox: [3, 5, 6] });
  const wrong: MissingPart[] = [
    { section: 3, startVox: [0, 0], shapeVox: [1, 1], grey: 0 },
    { section: 1, startVox: [4, 0], shapeVox: [2, 1], grey: 0 },
    { section: 1, startVox: [0, -1], shapeVox: [2, 1], grey: 0 },
  ];
  for (const part of wrong) {
    throws(() => open({}).apply(before, { parts: [part] }), ExperimentError);
  }
});
