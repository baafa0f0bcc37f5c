import { channelsIn, joinChannels, type Zyx } from "@/core/mod.ts";
import { augmentations, targets } from "@/data/mod.ts";
import { inverseOf, transformed, turnVectors } from "@/infer/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { tracedPatch } from "./augmentations.ts";

const shapeVox: Zyx = [3, 8, 8];
const voxels = 3 * 8 * 8;
const { apply } = augmentations.create(
  augmentations.schema.parse({ type: "simple" }),
);
const vectors = targets.components.map(({ name }) => name)
  .map((type) => ({
    type,
    ...targets.create(targets.schema.parse({ type })),
  }))
  .filter(({ quantity }) => quantity === "vector");

/** `[voxels, 3]` as `[3, voxels]`. */
function componentsOf(values: Float32Array): Float32Array {
  return Float32Array.from(
    values,
    (_, i) => values[3 * (i % voxels) + Math.floor(i / voxels)]!,
  );
}

for (const { type, make } of vectors) {
  Deno.test(`${type}() turns with the image, and test-time averaging turns it back`, () => {
    const sample = tracedPatch(shapeVox);
    sample.mask.fill(1);
    const straight = make(sample);
    const expected = componentsOf(straight.target);
    assertEquals(expected.some((v) => v !== 0), true, "a vector");
    for (let symmetry = 0; symmetry < 16; symmetry++) {
      const turned = make(apply(sample, {
        flipZ: (symmetry & 8) !== 0,
        flipX: (symmetry & 4) !== 0,
        flipY: (symmetry & 2) !== 0,
        transpose: (symmetry & 1) !== 0,
      }));
      const back = inverseOf(symmetry);
      const found = joinChannels(
        channelsIn(componentsOf(turned.target), voxels)
          .map((channel) => transformed(channel, shapeVox, back)),
      );
      turnVectors(found, back);
      found.forEach((v, i) => assertAlmostEquals(v, expected[i]!, 1e-5));
    }
  });
}

Deno.test("some target is a vector", () => {
  assertEquals(vectors.length > 0, true);
});
