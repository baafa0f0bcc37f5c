import fc from "fast-check";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertNear, blendOf, rowOf } from "./_testing.ts";

Deno.test("ramp() gives the report's weights of a tile of 4 voxels", () => {
  // intern's blend, option 0: border 0.02, inner 0.98
  const tile = { shapeVox: [4, 4, 4], y: 2 } as const;
  assertNear(rowOf(blendOf("ramp"), { ...tile, z: 1 }), [.02, .98, .98, .02]);
  assertNear(rowOf(blendOf("ramp"), { ...tile, z: 0 }), [.02, .02, .02, .02]);
});

Deno.test("ramp() falls evenly and takes the mean of the axes if asked", () => {
  const row = { shapeVox: [1, 5, 5], z: 0, y: 2 } as const;
  // ramps .98 .5 .02 .5 .98 along y and x, .02 along the single section
  assertNear(rowOf(blendOf("ramp"), row), [.02, .5, .98, .5, .02]);
  const mean = rowOf(blendOf("ramp", { mode: "mean" }), row);
  assertNear(mean, [.66, .82, .98, .82, .66]);
});

Deno.test("ramp() is least at the border, most in the middle, and counts axes alike", () => {
  fc.assert(
    fc.property(
      fc.tuple(
        ...([0, 1, 2] as const).map(() => fc.integer({ min: 3, max: 9 })),
      ),
      fc.constantFrom("max", "mean"),
      (shape, mode) => {
        const shapeVox = shape as unknown as Zyx;
        const weights = blendOf("ramp", { mode }).weights(shapeVox);
        assertAlmostEquals(weights[0]!, .02, 1e-6);
        const [d, h, w] = shapeVox.map((n) => n >> 1) as unknown as Zyx;
        const middle = (d * shapeVox[1] + h) * shapeVox[2] + w;
        assertAlmostEquals(weights[middle]!, .98, 1e-6);
        assertEquals(weights.every((v) => v > .0199 && v < .9801), true);
        // Turned around, the tile has the same weights at the turned places.
        const turnedVox = shapeVox.toReversed() as unknown as Zyx;
        const turned = blendOf("ramp", { mode }).weights(turnedVox);
        for (let i = 0; i < sizeOf(shapeVox); i++) {
          const x = i % shapeVox[2],
            y = Math.floor(i / shapeVox[2]) % shapeVox[1];
          const z = Math.floor(i / shapeVox[2] / shapeVox[1]);
          const at = (x * shapeVox[1] + y) * shapeVox[0] + z;
          assertAlmostEquals(weights[i]!, turned[at]!, 1e-6);
        }
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("ramp() takes an axis of one or two voxels for all middle", () => {
  assertNear([...blendOf("ramp").weights([1, 2, 2])], [.98, .98, .98, .98]);
});
