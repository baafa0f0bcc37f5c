import { assertSameNumbers, makeSample } from "@test/helpers.ts";
import { changeSlabs } from "./_slabs.ts";

Deno.test("changeSlabs() works on what lies inside the volume, slab by slab", () => {
  const sample = {
    ...makeSample({
      shapeVox: [3, 2, 2],
      grey: (z, y, x) => 4 * z + 2 * y + x,
    }),
    inside: { startVox: [1, 0, 1], shapeVox: [2, 2, 1] },
  } as const;
  const apply = (values: Float32Array) => {
    values.fill(values.reduce((a, b) => a + b, 0));
  };
  const { image } = changeSlabs(sample, { changes: [1], apply });
  assertSameNumbers(image, [0, 1, 2, 3, 4, 32, 6, 32, 8, 32, 10, 32]);
  const each = changeSlabs(sample, { changes: [1, null, 1], apply });
  assertSameNumbers(each.image, [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 10, 20]);
});
