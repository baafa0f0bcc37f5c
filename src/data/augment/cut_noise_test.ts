import fc from "fast-check";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { checkBoxes } from "./_boxes_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { applied, opened, speckle } from "./_testing.ts";

comparePeers("cutNoise");
checkBoxes("cutNoise", { all: { field: "1/a" } });

Deno.test("cutNoise() adds its numbers box by box, where boxes overlap twice", () => {
  const { image, target, mask } = applied(opened("cutNoise", { scale: 0.5 }), {
    shapeVox: [1, 2, 3],
    grey: () => 0.5,
    parameters: {
      boxes: [
        { startVox: [0, 0, 0], shapeVox: [1, 1, 2] },
        { startVox: [0, 0, 1], shapeVox: [1, 2, 1] },
      ],
      field: [0.5, -0.25, -0.5, 0.125],
    },
  });
  assertSameNumbers(image, [0.75, 0.125, 0.5, 0.5, 0.5625, 0.5]);
  assertSameNumbers(target, [0, 0, 0, 0, 0, 0]); // labels are of before
  assertSameNumbers(mask, [1, 1, 1, 1, 1, 1]);
});

Deno.test("cutNoise() changes no voxel by more than its scale, and none beyond its boxes", () => {
  const shapeVox = [2, 6, 7] as const;
  const box = { startVox: [1, 2, 3], shapeVox: [1, 3, 4] } as const;
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (scale, seed) => {
        const { image } = applied(opened("cutNoise", { scale }), {
          shapeVox,
          grey: speckle,
          parameters: { boxes: [box], field: `${seed}/a` },
        });
        image.forEach((grey, i) => {
          const z = Math.floor(i / 42), y = Math.floor(i / 7) % 6, x = i % 7;
          const isInside = z === 1 && y >= 2 && y < 5 && x >= 3;
          const most = isInside ? scale + 1e-6 : 0;
          const change = Math.abs(grey - speckle(z, y, x));
          assertEquals(change <= most && grey >= 0 && grey <= 1, true, `${i}`);
        });
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("cutNoise() makes the same noise of the same address, another of another", () => {
  const noise = (field: string) =>
    applied(opened("cutNoise"), {
      shapeVox: [1, 4, 4],
      grey: () => 0.5,
      parameters: {
        boxes: [{ startVox: [0, 0, 0], shapeVox: [1, 4, 4] }],
        field,
      },
    }).image.join();
  assertEquals(noise("1/sample/3"), noise("1/sample/3"));
  assertEquals(noise("1/sample/3") === noise("1/sample/4"), false);
});
