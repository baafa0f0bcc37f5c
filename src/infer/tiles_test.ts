import * as assert from "node:assert";
import { tileCount, tileStarts } from "./tiles.ts";

Deno.test("tileStarts() steps by half a patch and moves the last one back", () => {
  assert.deepStrictEqual(tileStarts(110, 64, 0.5), [0, 32, 46]);
  assert.deepStrictEqual(tileStarts(128, 64, 0.5), [0, 32, 64]);
});

Deno.test("tileStarts() takes one tile where the volume is no longer", () => {
  assert.deepStrictEqual(tileStarts(64, 64, 0.5), [0]);
  assert.deepStrictEqual(tileStarts(20, 64, 0.5), [0]);
});

Deno.test("tileStarts() rounds the stride down, but never to 0", () => {
  assert.deepStrictEqual(tileStarts(12, 5, 0.5), [0, 2, 4, 6, 7]);
  assert.deepStrictEqual(tileStarts(14, 10, 0.8), [0, 2, 4]); // not 1.99…
  assert.deepStrictEqual(tileStarts(5, 3, 1), [0, 1, 2]);
});

Deno.test("tileCount() counts the tiles of all axes", () => {
  const tiles = { patchVox: [8, 96, 96], overlap: 0.5 } as const;
  assert.deepStrictEqual(tileCount([20, 1024, 704], tiles), 4 * 21 * 14);
  assert.deepStrictEqual(tileCount([1, 96, 97], tiles), 2);
});
