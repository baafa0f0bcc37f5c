import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { openRng } from "../rng.ts";
import type { Zyx } from "../volume.ts";
import { labelComponents } from "./components.ts";

Deno.test("labelComponents() joins by faces, edges or corners", () => {
  // (0,0,0) and (0,1,1) share an edge; (2,0,1) is two sections away.
  const mask = Uint8Array.of(1, 0, 0, 1, /**/ 0, 0, 0, 0, /**/ 0, 1, 0, 0);
  const shape: Zyx = [3, 2, 2];
  assertEquals(labelComponents(mask, shape, 6).count, 3);
  assertEquals(labelComponents(mask, shape, 18).count, 2);
  const corner = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1);
  assertEquals(labelComponents(corner, [2, 2, 2], 18).count, 2);
  assertEquals(labelComponents(corner, [2, 2, 2], 26).count, 1);
});

Deno.test("labelComponents() numbers components by their first voxels", () => {
  // A U that a scan sees as two arms, a dot between them, a dot after them.
  const rows = [
    "1.2.1..", //
    "1...1.3",
    "11111..",
  ];
  const wanted = rows.join("").split("").map((c) => Number(c) || 0);
  const mask = Uint8Array.from(wanted, (n) => n > 0 ? 1 : 0);
  const { labels, count } = labelComponents(mask, [1, 3, 7], 26);
  assertEquals(count, 3);
  assertSameNumbers(labels, wanted);
});

Deno.test("labelComponents() finds nothing in an empty mask", () => {
  const { labels, count } = labelComponents(new Uint8Array(8), [2, 2, 2], 26);
  assertEquals(count, 0);
  assertSameNumbers(labels, new Int32Array(8));
});

Deno.test("labelComponents() gives what a flood fill gives", () => {
  for (const connectivity of [6, 18, 26] as const) {
    for (const share of [0.1, 0.3, 0.6]) {
      const rng = openRng(5).at(connectivity, share);
      const shape: Zyx = [5, 9, 11];
      const mask = Uint8Array.from(
        { length: 495 },
        () => rng.uniform(0, 1) < share ? 1 : 0,
      );
      const { labels, count } = labelComponents(mask, shape, connectivity);
      const filled = floodFill(mask, shape, connectivity);
      assertSameNumbers(labels, filled);
      assertEquals(count, Math.max(...filled));
    }
  }
});

/** The definition, plainly: from each unlabelled voxel, all that it reaches. */
function floodFill(
  mask: Uint8Array,
  [depth, height, width]: Zyx,
  connectivity: number,
): Int32Array {
  const labels = new Int32Array(mask.length);
  const axes = { 6: 1, 18: 2, 26: 3 }[connectivity]!;
  for (let first = 0, count = 0; first < mask.length; first++) {
    if (mask[first] === 0 || labels[first] !== 0) continue;
    labels[first] = ++count;
    for (const queue = [first]; queue.length > 0;) {
      const i = queue.pop()!;
      const z = Math.floor(i / (height * width));
      const y = Math.floor(i / width) % height, x = i % width;
      for (let dz = -1; dz <= 1; dz++) {
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            if (Math.abs(dz) + Math.abs(dy) + Math.abs(dx) > axes) continue;
            const [nz, ny, nx] = [z + dz, y + dy, x + dx] as const;
            if (nz < 0 || ny < 0 || nx < 0) continue;
            if (nz >= depth || ny >= height || nx >= width) continue;
            const n = (nz * height + ny) * width + nx;
            if (mask[n] === 0 || labels[n] !== 0) continue;
            labels[n] = count;
            queue.push(n);
          }
        }
      }
    }
  }
  return labels;
}
