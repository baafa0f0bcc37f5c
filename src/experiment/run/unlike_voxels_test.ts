import { deepStrictEqual } from "node:assert/strict";
import { unlikeVoxels } from "./unlike_voxels.ts";

const cremi = { voxelNm: [40, 4, 4] } as const;
const vnc = { voxelNm: [50, 4.6, 4.6] } as const;

Deno.test("unlikeVoxels() tells extents that no volume trained on has", () => {
  deepStrictEqual(
    unlikeVoxels(vnc, [cremi]),
    "its voxels are 50 × 4.6 × 4.6 nm, those trained on 40 × 4 × 4 nm",
  );
  deepStrictEqual(unlikeVoxels(vnc, [cremi, vnc]), null);
  deepStrictEqual(unlikeVoxels(vnc, []), null);
  const f32 = { voxelNm: [50, Math.fround(4.6), Math.fround(4.6)] } as const;
  deepStrictEqual(unlikeVoxels(f32, [vnc]), null);
});
