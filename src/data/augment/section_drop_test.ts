import {
  type Entry,
  ExperimentError,
  openRng,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals, makeSample } from "@test/helpers.ts";
import { deepStrictEqual, throws } from "node:assert";
import { type Augmentation, augmentations } from "./mod.ts";
import type { SectionDropParameters } from "./section_drop.ts";

function open(
  given: Record<string, unknown>,
): Augmentation<SectionDropParameters> {
  const entry = augmentations.schema.parse({ type: "sectionDrop", ...given });
  return augmentations.create(entry as Entry) as Augmentation<
    SectionDropParameters
  >;
}

/** Sections of 2 x 2 voxels whose grey value is their number over 10. */
function numbered(depth: number): Sample {
  return makeSample({ shapeVox: [depth, 2, 2], grey: (z) => z / 10 });
}

/** The numbers of the sections in the order they now have. */
function order({ image }: Sample): number[] {
  return Array.from(
    { length: image.length / 4 },
    (_, z) => Math.round(image[z * 4]! * 10),
  );
}

Deno.test("sectionDrop() takes out sections, and those around close up", () => {
  const before = numbered(6);
  before.target.fill(0).fill(1, 8, 16); // 2 and 3 are cleft
  const after = open({}).apply(before, { contextVox: 1, dropped: [0, 2] });
  deepStrictEqual(order(after), [0, 2, 4, 5]); // 1 and 3 are gone
  deepStrictEqual(after.shapeVox, [4, 2, 2]);
  const labels = [0, 1, 0, 0].flatMap((cleft) => new Array(4).fill(cleft));
  deepStrictEqual([...after.target], labels);
});

Deno.test("sectionDrop() keeps the middle where more are left than it needs", () => {
  const { apply } = open({ numSections: 3 });
  const after = apply(numbered(8), { contextVox: 2, dropped: [-1, 1, 2] });
  deepStrictEqual(order(after), [0, 2, 5, 6]); // of 0 2 5 6 7
});

Deno.test("sectionDrop() mirrors sections beyond the volume, unlabelled", () => {
  const before = numbered(6);
  before.mask.fill(0, 0, 8);
  const after = open({}).apply(
    { ...before, inside: { startVox: [2, 0, 0], shapeVox: [4, 2, 2] } },
    { contextVox: 1, dropped: [1, 2] },
  );
  deepStrictEqual(order(after), [3, 2, 4, 5]); // 0 and 1 are 3 and 2
  deepStrictEqual([...after.mask.subarray(0, 9)], [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  deepStrictEqual(after.inside, { startVox: [0, 0, 0], shapeVox: [4, 2, 2] });
});

Deno.test("sectionDrop() loses each section as likely, never the outermost", () => {
  const { draw, marginVox } = open({});
  const shapeVox: Zyx = [6, 4, 4], n = 2000;
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const drawn = draw(shapeVox, openRng(9).at(i));
    deepStrictEqual(marginVox!(shapeVox, drawn), [1, 0, 0]);
    assertEquals(new Set(drawn.dropped).size, 2);
    for (const z of drawn.dropped) counts.set(z, (counts.get(z) ?? 0) + 1);
  }
  deepStrictEqual([...counts.keys()].toSorted(), [0, 1, 2, 3, 4, 5]);
  for (const count of counts.values()) {
    assertAlmostEquals(count, n / 3, 4 * Math.sqrt(n * 2 / 9));
  }
});

Deno.test("sectionDrop() works on one section and with more than there are", () => {
  for (const [depth, numSections] of [[1, 2], [1, 1], [2, 9]] as const) {
    const augmentation = open({ numSections });
    for (let i = 0; i < 10; i++) {
      const drawn = augmentation.draw([depth, 2, 2], openRng(1).at(i));
      const wide = depth + 2 * drawn.contextVox;
      deepStrictEqual(
        augmentation.apply(numbered(wide), drawn).shapeVox,
        [depth, 2, 2],
      );
    }
  }
});

Deno.test("sectionDrop() refuses to drop more than its context makes up for", () => {
  throws(
    () => open({}).apply(numbered(6), { contextVox: 1, dropped: [0, 1, 2] }),
    (error) =>
      error instanceof ExperimentError &&
      error.fix === "Drop 2 sections or fewer",
  );
});
