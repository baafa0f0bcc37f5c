import * as assert from "node:assert";
import { join } from "node:path";
import type { Grid } from "@/core/mod.ts";
import { readPrediction } from "@/data/mod.ts";
import { assertSameNumbers } from "@test/helpers.ts";
import type { Slab } from "../predict.ts";
import { hdf5 } from "./hdf5.ts";

const grid: Grid = {
  shapeVox: [5, 6, 7],
  voxelNm: [50, 4.6, 4.6],
  offsetNm: [0, 46, 9.2],
};
const probability = Float32Array.from({ length: 210 }, (_, i) => i / 210);

async function* slabs(): AsyncGenerator<Slab> {
  for (const [startZ, sections] of [[0, 2], [2, 1], [3, 2]] as const) {
    const from = startZ * 42;
    yield {
      startZ,
      sections,
      probability: probability.slice(from, from + sections * 42),
    };
  }
}

Deno.test("hdf5() writes slabs that are read back as they were", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "prediction.hdf");
    await hdf5.create({}).write(path, { head: grid, slabs: slabs() });
    const { probability: read, madeBy: _, ...where } = await readPrediction(
      path,
    );
    assert.deepStrictEqual(where, grid);
    assertSameNumbers(read, probability);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
