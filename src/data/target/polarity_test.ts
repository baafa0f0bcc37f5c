import { defaultOptions, type Sample, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";
import { tracedPatch } from "@test/contract/augmentations.ts";
import { polarity } from "./polarity.ts";

/** A row of voxels of 4 nm with one pair in it. */
function row(preX: number, postX: number, length = 21): Sample {
  const shapeVox: Zyx = [1, 1, length];
  const sample = tracedPatch(shapeVox);
  sample.mask.fill(1);
  return {
    ...sample,
    partners: {
      ...sample.partners!,
      pairs: [{ preVox: [0, 0, preX], postVox: [0, 0, postX] }],
    },
  };
}

const create = (classWeights: boolean) =>
  polarity.create({
    ...defaultOptions(polarity),
    reachNm: 8,
    classWeights,
  }).make;

Deno.test("polarity() is 1 on the presynaptic side of the line, -1 on the other", () => {
  const { target } = create(false)(row(8, 13));
  assertSameNumbers(target.slice(8, 14), [1, 1, 1, -1, -1, -1]);
  const of = (nm: number) => Math.fround(Math.exp(-nm * nm / 128));
  assertAlmostEquals(target[6]!, of(8), 1e-6);
  assertAlmostEquals(target[15]!, -of(8), 1e-6);
  assertAlmostEquals(target[2]!, of(24), 1e-6); // 3 reaches
  assertSameNumbers([target[1]!, target[20]!], [0, 0]);
});

Deno.test("polarity() measures in nanometres across sections", () => {
  const shapeVox: Zyx = [3, 1, 1];
  const sample = tracedPatch(shapeVox);
  const { target } = polarity.create({ reachNm: 50, classWeights: false }).make(
    {
      ...sample,
      partners: {
        ...sample.partners!,
        pairs: [{ preVox: [0, 0, 0], postVox: [0, 5, 0] }],
      },
    },
  );
  assertAlmostEquals(target[1]!, Math.exp(-1600 / 5000), 1e-6); // 40 nm
  assertAlmostEquals(target[2]!, Math.exp(-6400 / 5000), 1e-6);
});

Deno.test("polarity() says nothing where labels are made up beyond the volume", () => {
  const sample = row(8, 13);
  sample.partners!.from.z.fill(NaN, 12);
  const { target, mask } = create(true)(sample);
  assertSameNumbers(mask, sample.mask.map((_, i) => i < 12 ? 1 : 0));
  // What is known of a pair that reaches beyond stays where it is.
  const { target: whole } = create(true)(row(8, 13));
  assertSameNumbers(target, whole);
});

Deno.test("polarity() says nothing where nothing is labelled, and weighs what is near", () => {
  const sample = row(8, 11);
  sample.mask.fill(0, 0, 8);
  const { mask, weight } = create(true)(sample);
  assertSameNumbers(mask, sample.mask);
  // Of 13 labelled voxels 6 lie within 8 nm: 8 to 13.
  assertAlmostEquals(weight[9]!, 7 / 6, 1e-6);
  assertSameNumbers([weight[7]!, weight[14]!], [1, 1]);
});
