import { assertAlmostEquals } from "@test/helpers.ts";
import { bothWays } from "./_testing.ts";
import { sectionPlaces } from "./field.ts";

const ramp = { start: 3, down: 0.25, right: -1.5 };

for (const [height, width] of [[5, 17], [3, 1], [1, 4], [0, 3]] as const) {
  Deno.test(`sectionPlaces() combines rows and a plane over ${height} x ${width} voxels`, () => {
    const rows = Float64Array.from(
      { length: 4 * width },
      (_, i) => Math.sin(i),
    );
    const count = 3;
    const index = Int32Array.from({ length: height * count }, (_, i) => i % 4);
    const weight = Float64Array.from(index, (_, i) => Math.cos(i));
    const flat = bothWays(() => sectionPlaces([height, width], ramp));
    const bent = bothWays(() =>
      sectionPlaces([height, width], ramp, {
        bend: { rows, taps: { count, index, weight } },
      })
    );
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const plane = 3 + 0.25 * y - 1.5 * x;
        assertAlmostEquals(flat[i]!, plane, 1e-12);
        let sum = 0;
        for (let k = y * count; k < (y + 1) * count; k++) {
          sum += weight[k]! * rows[index[k]! * width + x]!;
        }
        assertAlmostEquals(bent[i]!, plane + sum, 1e-12);
      }
    }
  });
}
