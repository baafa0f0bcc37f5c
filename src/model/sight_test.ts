import { deepStrictEqual, throws } from "node:assert";
import type { Zyx } from "@/core/mod.ts";
import { Sight } from "./sight.ts";

const image = Sight.ofImage([4, 8, 12]);

Deno.test("Sight.around() looks to each side", () => {
  deepStrictEqual(image.around([0, 1, 2]).receptiveVox, [1, 3, 5]);
});

Deno.test("Sight.through() looks at windows, one beside the other", () => {
  const window: Zyx = [1, 2, 4];
  const below = image.through({ kernelVox: window, strides: window });
  deepStrictEqual(below.shapeVox, [4, 4, 3]);
  deepStrictEqual(below.receptiveVox, [1, 2, 4]);
  deepStrictEqual(below.around([1, 1, 1]).receptiveVox, [3, 6, 12]);
});

Deno.test("Sight.through() looks as far as a kernel's taps are apart", () => {
  const spread = { kernelVox: [1, 3, 5], dilations: [1, 4, 2] } as const;
  deepStrictEqual(image.through(spread).receptiveVox, [1, 9, 9]);
});

Deno.test("Sight.through() looks around every second voxel", () => {
  const below = image.through({
    kernelVox: [1, 7, 3],
    strides: [1, 2, 2],
    isCentred: true,
  });
  deepStrictEqual(below.shapeVox, [4, 4, 6]);
  deepStrictEqual(below.receptiveVox, [1, 7, 3]);
  deepStrictEqual(below.around([0, 1, 1]).receptiveVox, [1, 11, 7]);
});

Deno.test("Sight.painted() and Sight.between() look at the coarser voxels that a finer one is made of", () => {
  const half: Zyx = [1, 2, 2];
  const below = image.through({ kernelVox: half, strides: half });
  const fieldOf = (finer: Sight, reach: number) =>
    finer.around([0, reach, reach]).receptiveVox[1];
  const within = below.painted({ kernelVox: half, strides: half });
  deepStrictEqual(within.shapeVox, image.shapeVox);
  deepStrictEqual(fieldOf(within, 0), 2);
  deepStrictEqual(fieldOf(within, 1), 4); // three voxels are part of two
  // A kernel of 4 makes each voxel of two, as interpolation does.
  const four = below.painted({ kernelVox: [1, 4, 4], strides: half });
  for (const between of [below.between(half), four]) {
    deepStrictEqual(between.shapeVox, image.shapeVox);
    deepStrictEqual(fieldOf(between, 0), 4);
    deepStrictEqual(fieldOf(between, 1), 6); // three are between three
  }
  const around = below.painted({
    kernelVox: [1, 3, 3],
    strides: half,
    isCentred: true,
  });
  deepStrictEqual(fieldOf(around, 0), 4); // an odd one
  deepStrictEqual(fieldOf(around, 1), 6); // two odd ones and one between them
});

Deno.test("Sight.with() looks at what either does", () => {
  // Around voxel 1: 0 to 2, and with windows of 2: 0 and 1, or 2 and 3 of 3.
  const half = { kernelVox: [1, 2, 2], strides: [1, 2, 2] } as const;
  const windows = image.through(half).painted(half);
  deepStrictEqual(image.around([0, 1, 1]).with(windows).receptiveVox, [
    1,
    3,
    3,
  ]);
  deepStrictEqual(image.with(windows).receptiveVox, [1, 2, 2]);
  throws(
    () => image.with(image.through(half)),
    /Cannot put features of \[4,8,12\] and of \[4,4,6\] voxels together/,
  );
});
