import assert from "node:assert";
import { openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { cutTissue } from "./cut.ts";
import { growTissue, type Tissue } from "./tissue.ts";

const grid = { startNm: [0, 0], stepNm: [5, 5], shape: [120, 130] } as const;

Deno.test("cutTissue() gives each pixel the cell with the nearest rim", () => {
  const zNm = 130, tissue = growTissue([300, 600, 650], openRng(4));
  const cut = cutTissue(tissue, { zNm, grid });
  for (let i = 0; i < cut.cell.length; i += 7) {
    const rims = tissue.cells.map((cell) => {
      const { yNm, xNm, radiusNm } = cell.at(zNm), [yy, yx, xx] = cell.metric;
      const y = cut.yNm[i]! - yNm, x = cut.xNm[i]! - xNm;
      return Math.sqrt(yy * y * y + 2 * yx * y * x + xx * x * x) - radiusNm;
    });
    const order = rims.map((_, k) => k).sort((a, b) => rims[a]! - rims[b]!);
    assertEquals(cut.cell[i], order[0]);
    assertEquals(cut.other[i], order[1]);
  }
});

Deno.test("cutTissue() measures distances and slopes of a boundary", () => {
  // Two round cells of radius 50, 300 apart along x: the boundary is the line
  // halfway; both move along x by 0.4 nm for each nanometre of depth.
  const cellAt = (xNm: number) => ({
    kind: "axon" as const,
    density: 0.4,
    radiusNm: 50,
    metric: [1, 0, 1] as const,
    at: (zNm: number) => ({ yNm: 300, xNm: xNm + 0.4 * zNm, radiusNm: 50 }),
  });
  const tissue: Tissue = {
    extentNm: [100, 600, 650],
    cells: [cellAt(150), cellAt(450)],
    warp: (_z, _start, _step, [height, width]) => [
      new Float32Array(height * width),
      new Float32Array(height * width),
    ],
  };
  const { cell, other, distanceNm, slope } = cutTissue(tissue, {
    zNm: 0,
    grid,
  });
  const row = 60 * 130; // y = 300, through both centres
  for (const x of [40, 59, 61, 80]) { // the boundary is at pixel 60
    assertEquals(cell[row + x], x < 60 ? 0 : 1);
    assertEquals(other[row + x], x < 60 ? 1 : 0);
    assertAlmostEquals(distanceNm[row + x]!, 5 * Math.abs(x - 60), 1e-3);
    assertAlmostEquals(slope[row + x]!, 0.4, 1e-6);
  }
  assert(distanceNm.every((distance) => distance >= 0));
});
