import { deepStrictEqual } from "node:assert/strict";
import { channelsFirst } from "./forward.ts";

Deno.test("channelsFirst() takes the channels of each tile apart", () => {
  // Two tiles of three voxels with two channels: tile, voxel, channel.
  const values = [111, 112, 121, 122, 131, 132];
  const both = Float32Array.from([...values, ...values.map((v) => v + 100)]);
  deepStrictEqual(
    [...channelsFirst(both, { channels: 2, tiles: 2 })],
    [111, 121, 131, 112, 122, 132, 211, 221, 231, 212, 222, 232],
  );
  deepStrictEqual(
    [...channelsFirst(both, { channels: 3, tiles: 2 })].slice(0, 6),
    [111, 122, 112, 131, 121, 132],
  );
  deepStrictEqual(
    channelsFirst(both, { channels: 1, tiles: 2 }) === both,
    true,
  );
});
