import * as fc from "fast-check";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { pixelGrid, shrunken } from "./shrink.ts";

Deno.test("pixelGrid() keeps to the most pixels, and leaves no side without one", () => {
  const extent = fc.integer({ min: 1, max: 400 });
  fc.assert(fc.property(extent, extent, fc.integer({ min: 1, max: 50 }), (
    rows,
    columns,
    most,
  ) => {
    const { height, width, blockVox } = pixelGrid([rows, columns], most);
    for (
      const [pixels, block, extent] of [
        [height, blockVox[0], rows],
        [width, blockVox[1], columns],
      ] as const
    ) {
      assertEquals(pixels >= 1 && pixels <= most, true);
      assertEquals(pixels * block <= extent, true);
      assertEquals((pixels + 1) * block > extent, true);
    }
  }));
});

Deno.test("shrunken() takes the mean or the largest of each block", () => {
  const section = Float32Array.of(
    ...[0, 1, 2, 3, 9],
    ...[4, 5, 6, 7, 9],
    ...[8, 8, 8, 8, 9],
  );
  const grid = pixelGrid([3, 5], 3); // blocks of 2 x 2, the rest is cut
  assertSameNumbers(shrunken(section, { ...grid, keep: "mean" }), [2.5, 4.5]);
  assertSameNumbers(shrunken(section, { ...grid, keep: "largest" }), [5, 7]);
});
