import { throws } from "node:assert/strict";
import { type Sample, sizeOf, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { augmentations } from "./mod.ts";

/** A case of test/fixtures/augment/grey.jsonl. */
interface GreyCase {
  readonly name: string;
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly parameters: unknown;
  readonly shapeVox: Zyx;
  readonly insideVox: readonly [startVox: Zyx, shapeVox: Zyx];
  readonly outVox: Zyx;
  readonly source: "hashed" | "smooth";
  readonly image: readonly number[];
}

/** The sample that make_grey.py changes. */
function sourceOf({ shapeVox, insideVox, source }: GreyCase): Sample {
  const bytes = hashedBytes(sizeOf(shapeVox));
  const grey = source === "smooth" ? smoothed(bytes, shapeVox) : bytes;
  const [startVox, extentVox] = insideVox;
  return {
    image: Float32Array.from(grey, (g) => g / 255),
    target: Uint8Array.from(grey, (g) => g % 5 === 0 ? 1 : 0),
    mask: Uint8Array.from(grey, (g) => g % 7 === 0 ? 0 : 1),
    shapeVox,
    voxelNm: [40, 4, 4],
    inside: { startVox, shapeVox: extentVox },
  };
}

/** Whole-number means of seven voxels down, then along, round the ends. */
function smoothed(bytes: number[], [depth, height, width]: Zyx): number[] {
  const rolled = (from: number[], n: number, step: number) =>
    from.map((_, i) => {
      const at = Math.floor(i / step) % n;
      let sum = 0;
      for (let k = -3; k <= 3; k++) {
        sum += from[i + ((at - k + 3 * n) % n - at) * step]!;
      }
      return Math.floor(sum / 7);
    });
  assertEquals(bytes.length, depth * height * width);
  return rolled(rolled(bytes, height, width), width, 1);
}

for (const fixture of readFixture<GreyCase>("augment/grey.jsonl")) {
  const { type, name } = fixture;
  const tolerance = type === "medianBlur" ? 6e-7 : 1e-5; // of six decimals

  Deno.test(`${type}() gives what the peers give: ${name}`, () => {
    const augmentation = augmentations.create(
      augmentations.schema.parse({ type, ...fixture.options }),
    );
    const before = sourceOf(fixture);
    const untouched = structuredClone(before);
    const after = augmentation.apply(before, fixture.parameters);
    assertSameNumbers(after.shapeVox, fixture.outVox);
    fixture.image.forEach((grey, i) =>
      assertAlmostEquals(after.image[i]!, grey, tolerance)
    );
    assertSameNumbers(before.image, untouched.image, "input");
    const margin = (fixture.shapeVox[1] - fixture.outVox[1]) / 2;
    const wide = augmentation.marginVox?.(fixture.outVox, fixture.parameters) ??
      [0, 0, 0];
    assertSameNumbers(wide, [0, margin, margin], "context asked for");
    if (margin === 0) {
      assertSameNumbers(after.target, before.target);
      assertSameNumbers(after.mask, before.mask);
      assertEquals(after.inside, before.inside);
    } else {
      assertSameNumbers(after.target, cut(before.target, fixture));
      assertSameNumbers(after.mask, cut(before.mask, fixture));
    }
  });
}

/** What is left of labels without the context around them. */
function cut(labels: Uint8Array, { shapeVox, outVox }: GreyCase): number[] {
  const margin = (shapeVox[1] - outVox[1]) / 2;
  return [...labels].filter((_, i) => {
    const y = Math.floor(i / shapeVox[2]) % shapeVox[1], x = i % shapeVox[2];
    return y >= margin && y < margin + outVox[1] && x >= margin &&
      x < margin + outVox[2];
  });
}

Deno.test("explicit parameters that do not fit the sample are refused, not half applied", () => {
  const sample = sourceOf({
    shapeVox: [3, 4, 5],
    insideVox: [[0, 0, 0], [3, 4, 5]],
    source: "hashed",
  } as unknown as GreyCase);
  const run = (type: string, parameters: unknown, options = {}) => () =>
    augmentations.create(augmentations.schema.parse({ type, ...options }))
      .apply(sample, parameters);
  const two = [{ sigma: 0.1 }, { sigma: 0.1 }];
  throws(run("noise", { changes: two, field: "1/a" }), {
    name: "ExperimentError",
    message: "Cannot apply 2 changes to 3 sections",
    fix: "Give one change, or 3",
  });
  throws(run("noise", { changes: [two[0]], field: [0.5] }), {
    name: "ExperimentError",
    message: "Cannot use a field of 1 numbers for 60 voxels",
  });
  const beyond = { startVox: [0, 2, 0], shapeVox: [1, 3, 1] };
  for (const type of ["cutout", "cutNoise", "cutBlur"]) {
    const box = { ...beyond, blockVox: 2 };
    throws(run(type, { boxes: [box], field: "1/a" }), RangeError);
  }
});

Deno.test("boxes whose least extent is above the largest are refused with the reason", () => {
  for (const type of ["cutout", "cutNoise", "cutBlur"]) {
    const { check } = augmentations.create(
      augmentations.schema.parse({ type, minVox: [1, 60, 1] }),
    );
    assertEquals(
      check?.([4, 64, 64]),
      "minVox[1] of 60 is above maxVox[1] of 48",
    );
  }
});
