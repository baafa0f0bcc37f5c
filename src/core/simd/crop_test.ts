import { type Box, cropArray, type Zyx } from "../volume.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { throws } from "node:assert/strict";
import { bothWays, someBytes, someGreys } from "./_testing.ts";
import { enterArena, inArena } from "./arena.ts";
import { cropped, croppedGreys, croppedLabels, pasted } from "./crop.ts";
import { greysOf } from "./values.ts";

const shapes: Zyx[] = [[3, 7, 40], [2, 5, 17], [4, 3, 3], [5, 4, 1], [1, 1, 9]];

for (const shapeVox of shapes) {
  Deno.test(`cropped() copies every box of [${shapeVox}] voxels`, () => {
    const n = shapeVox[0] * shapeVox[1] * shapeVox[2];
    const shared = new Uint8Array(new SharedArrayBuffer(n + 3), 3);
    shared.set(someBytes(n));
    for (const array of [someBytes(n), shared, someGreys(n)]) {
      for (const box of boxesIn(shapeVox)) {
        assertSameNumbers(
          bothWays(() => cropped(array, shapeVox, box)),
          cropArray(array, shapeVox, box),
          JSON.stringify(box),
        );
        const twice = inArena(() => cropped(enterArena(array), shapeVox, box));
        assertSameNumbers(twice, cropArray(array, shapeVox, box));
      }
    }
  });
}

/** Boxes that begin and end at many places, the last voxel among them. */
function* boxesIn([depth, height, width]: Zyx): Generator<Box> {
  for (const z of new Set([0, depth - 1])) {
    for (const y of new Set([0, height - 1])) {
      for (let x = 0; x < width; x++) {
        for (
          const columns of new Set([1, Math.min(17, width - x), width - x])
        ) {
          yield {
            startVox: [z, y, x],
            shapeVox: [depth - z, height - y, columns],
          };
        }
      }
    }
  }
}

Deno.test("croppedGreys() and croppedLabels() are crops of what bytes stand for", () => {
  for (const shapeVox of shapes) {
    const bytes = someBytes(shapeVox[0] * shapeVox[1] * shapeVox[2]);
    const labels = bytes.map((b) => b % 3);
    for (const box of boxesIn(shapeVox)) {
      assertSameNumbers(
        bothWays(() => croppedGreys(bytes, shapeVox, box)),
        cropArray(greysOf(bytes), shapeVox, box),
      );
      const { target, mask } = croppedLabels(labels, shapeVox, box);
      const inBox = cropArray(labels, shapeVox, box);
      assertSameNumbers(target, inBox.map((label) => label === 1 ? 1 : 0));
      assertSameNumbers(mask, inBox.map((label) => label === 2 ? 0 : 1));
    }
  }
});

Deno.test("cropped() keeps every bit of a float32", () => {
  const bits = Uint32Array.of(
    0x7f800001,
    0xffc12345,
    0x80000000,
    1,
    0x7fc00000,
  );
  const values = new Float32Array(bits.buffer);
  const copy = cropped(values, [1, 1, 5], {
    startVox: [0, 0, 1],
    shapeVox: [1, 1, 4],
  });
  assertSameNumbers(new Uint32Array(copy.buffer), bits.subarray(1));
});

Deno.test("cropped() refuses a box that reaches beyond the array", () => {
  const box: Box = { startVox: [0, 0, 1], shapeVox: [1, 1, 3] };
  throws(() => cropped(new Uint8Array(3), [1, 1, 3], box), RangeError);
});

Deno.test("pasted() puts a box back among zeros", () => {
  for (const shapeVox of shapes) {
    const n = shapeVox[0] * shapeVox[1] * shapeVox[2];
    for (const array of [someBytes(n), someGreys(n)]) {
      for (const box of boxesIn(shapeVox)) {
        const part = cropArray(array, shapeVox, box);
        const whole = bothWays(() => pasted(part, box, shapeVox));
        assertSameNumbers(cropArray(whole, shapeVox, box), part);
        const sum = (values: Iterable<number>) =>
          [...values].reduce((a, b) => a + b, 0);
        assertEquals(sum(whole), sum(part), "zeros around");
      }
    }
  }
});

Deno.test("pasted() refuses a box that reaches beyond, or of another size", () => {
  const box: Box = { startVox: [0, 0, 1], shapeVox: [1, 1, 3] };
  throws(() => pasted(new Uint8Array(3), box, [1, 1, 3]), RangeError);
  throws(() => pasted(new Uint8Array(2), box, [1, 1, 4]), RangeError);
});
