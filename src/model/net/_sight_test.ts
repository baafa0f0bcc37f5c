import { deepStrictEqual } from "node:assert";
import { Sight } from "./_sight.ts";

const image = Sight.ofImage([4, 8, 12]);

Deno.test("Sight.through() looks to each side", () => {
  deepStrictEqual(image.through([0, 1, 2]).receptiveVox, [1, 3, 5]);
});

Deno.test("Sight.down() looks at windows, one beside the other", () => {
  const below = image.down([1, 2, 4]);
  deepStrictEqual(below.shapeVox, [4, 4, 3]);
  deepStrictEqual(below.receptiveVox, [1, 2, 4]);
  deepStrictEqual(below.through([1, 1, 1]).receptiveVox, [3, 6, 12]);
});

Deno.test("Sight.downAround() looks around every second voxel", () => {
  const below = image.downAround([1, 2, 2], [0, 3, 1]);
  deepStrictEqual(below.shapeVox, [4, 4, 6]);
  deepStrictEqual(below.receptiveVox, [1, 7, 3]);
  deepStrictEqual(below.through([0, 1, 1]).receptiveVox, [1, 11, 7]);
});

Deno.test("Sight.up() looks at the coarser voxels that a finer one is made of", () => {
  const below = image.down([1, 2, 2]);
  const fieldOf = (how: Parameters<Sight["up"]>[1], reach: number) =>
    below.up([1, 2, 2], how).through([0, reach, reach]).receptiveVox[1];
  deepStrictEqual(fieldOf("within", 0), 2);
  deepStrictEqual(fieldOf("within", 1), 4); // three voxels are part of two
  deepStrictEqual(fieldOf("between", 0), 4);
  deepStrictEqual(fieldOf("between", 1), 6); // three are between three
  deepStrictEqual(fieldOf("around", 0), 4); // an odd one
  deepStrictEqual(fieldOf("around", 1), 6); // two odd ones and one between them
});

Deno.test("Sight.with() looks at what either does", () => {
  // Around voxel 1: 0 to 2, and with windows of 2: 0 and 1, or 2 and 3 of 3.
  const windows = image.down([1, 2, 2]).up([1, 2, 2], "within");
  deepStrictEqual(image.through([0, 1, 1]).with(windows).receptiveVox, [
    1,
    3,
    3,
  ]);
  deepStrictEqual(image.with(windows).receptiveVox, [1, 2, 2]);
});
