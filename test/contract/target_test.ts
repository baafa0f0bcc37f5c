import { channelsOf, defaultOptions, type Sample } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { tracedPatch } from "./augmentations.ts";

/** A sample of which a part is not labelled. */
function drawSample(): Sample {
  const sample = makeSample({ shapeVox: [3, 12, 12] });
  sample.mask.fill(0, 0, 50);
  const { partners } = tracedPatch(sample.shapeVox);
  return { ...sample, partners: partners! };
}

for (const component of targets.components) {
  const { make, values, slope, of = "clefts", quantity = "scalar" } = component
    .create(defaultOptions(component));
  const { name } = component;

  Deno.test(`${name}() gives finite numbers for each voxel, the same each time`, () => {
    const a = make(drawSample()), b = make(drawSample());
    for (const key of ["target", "mask", "weight"] as const) {
      const channels = key === "target" ? channelsOf(quantity) : 1;
      assertEquals(a[key].length, channels * 3 * 12 * 12, key);
      assertEquals(a[key].every(Number.isFinite), true, key);
      assertSameNumbers(a[key], b[key], key);
    }
    assertEquals(a.weight.every((w) => w >= 0), true, "weights from 0");
  });

  Deno.test(`${name}() never calls labelled what is not`, () => {
    const sample = drawSample();
    const { mask } = make(sample);
    assertEquals(mask.every((m) => m === 0 || m === 1), true);
    assertEquals(mask.every((m, i) => m <= sample.mask[i]!), true);
  });

  Deno.test(`${name}() gives the values it says, above the middle in clefts if it is of them`, () => {
    const sample = drawSample();
    const { target, mask } = make(sample);
    if (values === "directions") {
      for (const [i, isKnown] of mask.entries()) {
        const length = Math.hypot(...target.subarray(3 * i, 3 * i + 3));
        assertAlmostEquals(length, isKnown, 1e-6);
      }
      return;
    }
    const lowest = values === "labels" ? 0 : -1, middle = (lowest + 1) / 2;
    for (const [i, value] of target.entries()) {
      if (!mask[i]) continue;
      assertEquals(value >= lowest && value <= 1, true, `${value}`);
      if (of === "clefts") {
        assertEquals(value > middle, sample.target[i] === 1);
      }
    }
    // A network that says the target exactly gives its share of the range.
    const logit = values === "labels" ? 40 : Math.atanh(.5);
    const probability = 1 / (1 + Math.exp(-slope * logit));
    assertAlmostEquals(probability, values === "labels" ? 1 : .75, 1e-9);
  });

  Deno.test(`${name}() leaves its input as it was`, () => {
    const sample = drawSample();
    make(sample);
    assertSameNumbers(sample.target, drawSample().target);
    assertSameNumbers(sample.mask, drawSample().mask);
  });

  Deno.test(`${name}() copes with a sample that has no cleft and one that has no label`, () => {
    for (const key of ["target", "mask"] as const) {
      const sample = drawSample();
      sample[key].fill(0);
      const { target, weight } = make(sample);
      assertEquals(target.every(Number.isFinite), true);
      assertEquals(weight.every(Number.isFinite), true);
    }
  });
}
