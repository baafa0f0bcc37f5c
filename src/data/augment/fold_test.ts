import {
  type Entry,
  openRng,
  type Sample,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import type { FoldParameters } from "./fold.ts";
import { type Augmentation, augmentations } from "./mod.ts";

function open(given: Record<string, unknown>): Augmentation<FoldParameters> {
  const entry = augmentations.schema.parse({ type: "fold", ...given });
  return augmentations.create(entry as Entry) as Augmentation<FoldParameters>;
}

/** An upright line at column 3 of sections of 6 x 8, its band 3 voxels wide. */
const line = {
  section: 1,
  fromVox: [0, 3],
  toVox: [5, 3],
  strengthVox: 0,
  iterations: 1,
} as const;

Deno.test("fold() hides a band by the mean of its section, or by 0", () => {
  const before = makeSample({ shapeVox: [2, 6, 8] });
  const section = before.image.subarray(48);
  const mean = section.reduce((a, b) => a + b) / 48;
  for (const [fill, grey] of [["mean", mean], ["zero", 0]] as const) {
    const after = open({}).apply(before, {
      folds: [{ ...line, fill, labels: "stay", binarizeAbove: 0.5 }],
    });
    assertSameNumbers(
      after.image.subarray(0, 48),
      before.image.subarray(0, 48),
    );
    for (let i = 0; i < 48; i++) {
      const isHidden = Math.abs(i % 8 - 3) <= 1;
      const wanted = isHidden ? grey : section[i]!;
      assertAlmostEquals(after.image[48 + i]!, wanted, 1e-6);
    }
    assertEquals(after.target, before.target);
    assertEquals(after.mask, before.mask);
  }
});

Deno.test("fold() fills labels by their mean, made 0 or 1", () => {
  const before: Sample = makeSample({ shapeVox: [2, 6, 8] });
  const cleft = before.target.subarray(48).reduce((a, b) => a + b) / 48;
  assertEquals(cleft > 0.3 && cleft < 0.5, true, "some of it is cleft");
  for (const [binarizeAbove, filled] of [[0, 1], [0.3, 1], [0.5, 0]] as const) {
    const { target, mask } = open({}).apply(before, {
      folds: [{ ...line, fill: "mean", labels: "fill", binarizeAbove }],
    });
    for (let i = 0; i < 48; i++) {
      const isHidden = Math.abs(i % 8 - 3) <= 1;
      assertEquals(target[48 + i], isHidden ? filled : before.target[48 + i]);
    }
    assertSameNumbers(target.subarray(0, 48), before.target.subarray(0, 48));
    assertEquals(mask, before.mask);
  }
});

Deno.test("fold() leaves at least two sections clean after a deformed one", () => {
  const { draw } = open({ preset: "report" });
  const n = 300, depth = 24;
  let deformed = 0;
  for (let i = 0; i < n; i++) {
    const sections = draw([depth, 8, 8], openRng(6).at("sample", i)).folds
      .map(({ section }) => section);
    deformed += sections.length;
    sections.slice(1).forEach((z, k) =>
      assertEquals(z - sections[k]! >= 3, true, `${sections}`)
    );
  }
  // The walk takes 1 step of 1 with chance 3/4, of 3 with 1/4: the expected
  // number of deformed sections follows from what it leaves.
  const expected = new Array<number>(depth + 3).fill(0);
  for (let z = depth - 1; z >= 0; z--) {
    expected[z] = 0.25 * (1 + expected[z + 3]!) + 0.75 * expected[z + 1]!;
  }
  assertAlmostEquals(deformed / n, expected[0]!, 4 * Math.sqrt(4 / n));
});

Deno.test("fold() of week 3 deforms each section on its own", () => {
  const { draw } = open({ preset: "reportWeek3" });
  const n = 400, depth = 20;
  let deformed = 0, neighbours = 0;
  for (let i = 0; i < n; i++) {
    const { folds } = draw([depth, 8, 8], openRng(7).at("sample", i));
    deformed += folds.length;
    for (const [k, { section, labels, iterations, fill }] of folds.entries()) {
      assertEquals(`${labels} ${iterations} ${fill}`, "fill 20 mean");
      if (folds[k + 1]?.section === section + 1) neighbours++;
    }
  }
  const near = (count: number, places: number, p: number) =>
    assertAlmostEquals(count, places * p, 4 * Math.sqrt(places * p));
  near(deformed, n * depth, 0.08);
  near(neighbours, n * (depth - 1), 0.08 ** 2);
});

Deno.test("fold() draws a line for each section of its own", () => {
  const { folds } = open({ deformRatio: 1, cleanSections: 0 })
    .draw([12, 60, 60], openRng(1));
  const lines = folds.map(({ fromVox, toVox }) => `${fromVox} ${toVox}`);
  assertEquals(folds.length, 12);
  assertEquals(new Set(lines).size, 12);
});

Deno.test("fold() is the identity at ratio 0 and works on one narrow section", () => {
  const before = makeSample({ shapeVox: [1, 4, 5] });
  const still = open({ deformRatio: 0 });
  const drawn = still.draw(before.shapeVox, openRng(1));
  assertSameNumbers(still.apply(before, drawn).image, before.image);

  const always = open({ deformRatio: 1, iterations: 50 });
  const hidden = always.apply(before, always.draw([1, 4, 5], openRng(1)));
  const mean = before.image.reduce((a, b) => a + b) / 20;
  for (const grey of hidden.image) assertAlmostEquals(grey, mean, 1e-6);
  assertEquals(always.check?.([1, 3, 9])?.includes("4 x 4 or larger"), true);
});

Deno.test("fold() folds far beyond a small patch", () => {
  const shapeVox: Zyx = [1, 5, 7];
  const augmentation = open({
    deformRatio: 1,
    deformationStrength: 30,
    iterations: 2,
  });
  for (let i = 0; i < 20; i++) {
    const drawn = augmentation.draw(shapeVox, openRng(3).at(i));
    assertSameNumbers(augmentation.marginVox!(shapeVox, drawn), [0, 30, 30]);
    const wide = makeSample({ shapeVox: [1, 65, 67] });
    const { image } = augmentation.apply(wide, drawn);
    assertEquals(image.length, sizeOf(shapeVox));
    assertEquals(image.every((v) => v >= 0 && v <= 1), true);
  }
});
