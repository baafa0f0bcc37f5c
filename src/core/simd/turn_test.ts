import type { Zyx } from "../volume.ts";
import { assertSameNumbers } from "@test/helpers.ts";
import { throws } from "node:assert/strict";
import { bothWays, someBytes, someGreys } from "./_testing.ts";
import { type Turn, turned } from "./turn.ts";

/** What {@linkcode turned} should give, voxel by voxel. */
function turnedPlainly<T extends Float32Array | Uint8Array>(
  array: T,
  [depth, height, width]: Zyx,
  { flipZ, flipY, flipX, transpose }: Turn,
): T {
  const result = array.slice() as T;
  const [rows, columns] = transpose ? [width, height] : [height, width];
  let to = 0;
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const [a, b] = transpose ? [i, j] : [j, i];
        const z = flipZ ? depth - 1 - k : k;
        const y = flipY ? height - 1 - a : a;
        const x = flipX ? width - 1 - b : b;
        result[to++] = array[(z * height + y) * width + x]!;
      }
    }
  }
  return result;
}

const turns: Turn[] = Array.from({ length: 16 }, (_, k) => ({
  flipZ: (k & 1) > 0,
  flipY: (k & 2) > 0,
  flipX: (k & 4) > 0,
  transpose: (k & 8) > 0,
}));

const shapes: Zyx[] = [
  [2, 16, 16],
  [3, 17, 9],
  [1, 1, 33],
  [1, 33, 1],
  [2, 3, 20],
  [1, 8, 8],
  [1, 4, 12],
  [0, 5, 5],
  [2, 0, 5],
];

for (const shapeVox of shapes) {
  Deno.test(`turned() turns [${shapeVox}] voxels in each of 16 ways`, () => {
    const n = shapeVox[0] * shapeVox[1] * shapeVox[2];
    for (const turn of turns) {
      for (const array of [someBytes(n), someGreys(n)]) {
        assertSameNumbers(
          bothWays(() => turned(array, shapeVox, turn)),
          turnedPlainly(array, shapeVox, turn),
          JSON.stringify(turn),
        );
      }
    }
  });
}

Deno.test("turned() refuses an array of another size", () => {
  throws(() => turned(new Uint8Array(5), [1, 2, 3], {}), RangeError);
});
