import { defaultOptions, type Sample, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";
import { tracedPatch } from "@test/contract/augmentations.ts";
import { partnerSites } from "./partner_sites.ts";

/** A row of voxels of 4 nm, presynaptic at 2 and postsynaptic at 7. */
function row(): Sample {
  const shapeVox: Zyx = [1, 1, 10];
  const sample = tracedPatch(shapeVox);
  sample.mask.fill(1);
  return {
    ...sample,
    partners: {
      ...sample.partners!,
      pairs: [{ preVox: [0, 0, 2], postVox: [0, 0, 7] }],
    },
  };
}

const made = (side: "both" | "pre" | "post") =>
  partnerSites.create({ ...defaultOptions(partnerSites), side, radiusNm: 4 })
    .make(row());

Deno.test("partnerSites() is 1 around the sites it is asked for, not between them", () => {
  assertSameNumbers(made("pre").target, [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  assertSameNumbers(made("post").target, [0, 0, 0, 0, 0, 0, 1, 1, 1, 0]);
  assertSameNumbers(made("both").target, [0, 1, 1, 1, 0, 0, 1, 1, 1, 0]);
});

Deno.test("partnerSites() weighs both classes alike", () => {
  const { weight } = made("pre");
  assertAlmostEquals(weight[2]!, 7 / 3, 1e-6);
  assertSameNumbers([weight[0]!], [1]);
});
