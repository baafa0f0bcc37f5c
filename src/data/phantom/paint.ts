import type { Rng } from "@/core/mod.ts";
import type { Canvas } from "./canvas.ts";
import { paintSite } from "./cleft.ts";
import { cutTissue, type PixelGrid } from "./cut.ts";
import { paintMitochondrion } from "./mitochondrion.ts";
import type { Scene } from "./scene.ts";
import { paintVesicles } from "./vesicle.ts";

/** Paints the section of `thicknessNm` around a depth. */
export function paintSection(
  scene: Scene,
  { zNm, thicknessNm, grid }: Pick<Canvas, "zNm" | "thicknessNm" | "grid">,
  rng: Rng,
): Canvas {
  const count = grid.shape[0] * grid.shape[1];
  const canvas: Canvas = {
    zNm,
    thicknessNm,
    grid,
    cut: cutTissue(scene.tissue, { zNm, grid }),
    clouds: planeOf(scene.texture.coarse, zNm, grid),
    density: planeOf(scene.texture.fine, zNm, grid),
    occupied: new Uint8Array(count),
    cleft: new Uint8Array(count),
  };
  paintCytoplasm(scene, canvas);
  for (const body of scene.mitochondria) paintMitochondrion(body, canvas);
  paintVesicles(scene, canvas, rng);
  paintMembranes(canvas);
  for (const site of scene.sites) {
    paintSite(site, { tissue: scene.tissue, canvas });
  }
  return canvas;
}

function planeOf(
  noise: Scene["texture"]["fine"],
  zNm: number,
  { startNm, stepNm, shape }: PixelGrid,
): Float32Array {
  return noise.plane(zNm, startNm, stepNm, shape);
}

/** Turns the fine texture that the density starts as into cytoplasm. */
function paintCytoplasm({ tissue }: Scene, canvas: Canvas): void {
  const { density, clouds, cut: { cell } } = canvas;
  const base = tissue.cells.map((c) => c.density);
  for (let i = 0; i < density.length; i++) {
    const grain = density[i]!;
    density[i] = base[cell[i]!]! + 0.05 * clouds[i]! +
      0.09 * grain + 0.2 * Math.max(0, grain - 0.9);
  }
}

/** Two leaflets look as one dark line, wider and paler where cut obliquely. */
function paintMembranes({ cut, thicknessNm, density }: Canvas): void {
  const sharp = 9, { distanceNm, slope } = cut;
  for (let i = 0; i < density.length; i++) {
    const distance = distanceNm[i]!;
    if (distance > 110) continue;
    const smear = Math.min(slope[i]! * thicknessNm, 110);
    const variance = sharp * sharp + smear * smear / 12;
    density[i] = density[i]! + 1.3 * sharp / Math.sqrt(variance) *
        Math.exp(-distance * distance / (2 * variance));
  }
}
