import { defaultOptions, type Sample, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";
import { tracedPatch } from "@test/contract/augmentations.ts";
import { direction } from "./direction.ts";

/** Voxels of 40 × 4 × 4 nm with one pair in them. */
function sampleOf(shapeVox: Zyx, preVox: Zyx, postVox: Zyx): Sample {
  const sample = tracedPatch(shapeVox);
  sample.mask.fill(1);
  return {
    ...sample,
    partners: { ...sample.partners!, pairs: [{ preVox, postVox }] },
  };
}
const make = (sample: Sample, reachNm = 8) =>
  direction.create({ ...defaultOptions(direction), reachNm }).make(sample);

Deno.test("direction() points to the postsynaptic site, in nanometres", () => {
  // From (0, 1, 1) to (1, 11, 1): 40 nm across sections, 40 nm along y.
  const { target } = make(sampleOf([2, 12, 4], [0, 1, 1], [1, 11, 1]));
  const at = 3 * (1 * 4 + 1); // the presynaptic site
  const half = Math.SQRT1_2;
  [half, half, 0].forEach((v, axis) =>
    assertAlmostEquals(target[at + axis]!, v, 1e-6)
  );
});

Deno.test("direction() is known within a reach of the line, where labels are", () => {
  const sample = sampleOf([1, 1, 12], [0, 0, 4], [0, 0, 6]);
  sample.mask[5] = 0;
  const { target, mask, weight } = make(sample);
  assertSameNumbers(mask, [0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0]);
  assertSameNumbers(target.slice(6, 9), [0, 0, 1]);
  assertSameNumbers(target.slice(15, 18), [0, 0, 0]);
  assertSameNumbers(weight, new Array(12).fill(1));
});

Deno.test("direction() says nothing of two sites in one place", () => {
  const { mask } = make(sampleOf([1, 1, 12], [0, 0, 4], [0, 0, 4]));
  assertSameNumbers(mask, new Array(12).fill(0));
});
