import { assertAlmostEquals } from "@test/helpers.ts";
import type { AffineMap } from "@/core/mod.ts";
import { mapBetween } from "./_affine_map.ts";

function assertMap(ours: AffineMap, y: number[], x: number[]): void {
  y.forEach((value, i) => assertAlmostEquals(ours.y[i]!, value, 1e-9));
  x.forEach((value, i) => assertAlmostEquals(ours.x[i]!, value, 1e-9));
}

Deno.test("mapBetween() gives what OpenCV's getAffineTransform gives", () => {
  // cv2.getAffineTransform of (8, 9), (8, 1), (0, 1) to (9.5, 7.25), (6, 0.5),
  // (-1, 2), first coordinate first
  const map = mapBetween(
    [[8, 9], [8, 1], [0, 1]],
    [[9.5, 7.25], [6, 0.5], [-1, 2]],
  );
  assertMap(map, [0.875, 0.4375, -1.4375], [-0.1875, 0.84375, 1.15625]);
});
