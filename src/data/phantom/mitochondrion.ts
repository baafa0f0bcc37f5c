import type { Rng } from "@/core/mod.ts";
import type { Canvas } from "./canvas.ts";
import { smoothTrack } from "./smooth_noise.ts";
import type { Tissue } from "./tissue.ts";

/** A mitochondrion: an ellipsoid that follows its cell. */
export interface Mitochondrion {
  /** The cell it lies in. */
  readonly cell: number;
  /** Its middle and half its length in depth. */
  readonly zNm: number;
  /** Half its length in depth. */
  readonly halfDepthNm: number;
  /** Its radii in the section, and the direction of the first. */
  readonly radiiNm: readonly [number, number];
  /** Direction of the first radius. */
  readonly angle: number;
  /** Its centre at a depth. */
  at(zNm: number): { yNm: number; xNm: number };
  /** Direction and wavelength of its cristae. */
  readonly cristae: {
    readonly angle: number;
    readonly wavelengthNm: number;
  };
}

/** Puts mitochondria into the cells that have room. */
export function placeMitochondria(tissue: Tissue, rng: Rng): Mitochondrion[] {
  const [depth] = tissue.extentNm;
  return tissue.cells.flatMap((cell, index) => {
    if (cell.kind === "glia" || cell.radiusNm < 110) return [];
    const stream = rng.at(index);
    const count = Math.round(
      stream.uniform(0, 1.4) * Math.min(cell.radiusNm / 220, 1.4) *
        (0.6 + depth / 1500),
    );
    return Array.from(
      { length: count },
      (_, k) => growMitochondrion(tissue, index, stream.at(k)),
    );
  });
}

function growMitochondrion(
  tissue: Tissue,
  index: number,
  rng: Rng,
): Mitochondrion {
  const cell = tissue.cells[index]!, [depth] = tissue.extentNm;
  const small = Math.min(rng.uniform(70, 190), 0.62 * cell.radiusNm);
  const room = Math.max(0, cell.radiusNm - small);
  const away = room * Math.sqrt(rng.uniform(0, 1)), turn = rng.uniform(0, 7);
  const wander = [0, 1].map((axis) =>
    smoothTrack(depth, 500, rng.at("wander", axis))
  );
  return {
    cell: index,
    zNm: rng.uniform(-100, depth + 100),
    halfDepthNm: rng.uniform(200, 700),
    radiiNm: [small * rng.uniform(1, 1.7), small],
    angle: rng.uniform(0, Math.PI),
    cristae: {
      angle: rng.uniform(0, Math.PI),
      wavelengthNm: rng.uniform(38, 60),
    },
    at(zNm) {
      const { yNm, xNm } = cell.at(zNm);
      return {
        yNm: yNm + away * Math.sin(turn) + 25 * wander[0]!(zNm),
        xNm: xNm + away * Math.cos(turn) + 25 * wander[1]!(zNm),
      };
    },
  };
}

/**
 * Paints the part of a mitochondrion that a section shows: dark rim, grey matrix
 * and wavy dark cristae. It keeps away from its cell's membrane and from what is
 * painted already.
 */
export function paintMitochondrion(body: Mitochondrion, canvas: Canvas): void {
  const { zNm, cut, clouds, density, occupied } = canvas;
  const deep = (zNm - body.zNm) / body.halfDepthNm;
  if (Math.abs(deep) >= 1) return;
  const scale = Math.sqrt(1 - deep * deep), centre = body.at(zNm);
  const [long, short] = body.radiiNm, farthest = (long + 20) ** 2;
  const cos = Math.cos(body.angle), sin = Math.sin(body.angle);
  const wave = 2 * Math.PI / body.cristae.wavelengthNm;
  const waveY = wave * Math.sin(body.cristae.angle);
  const waveX = wave * Math.cos(body.cristae.angle);
  for (let i = 0; i < density.length; i++) {
    if (cut.cell[i] !== body.cell || occupied[i]) continue;
    const y = cut.yNm[i]! - centre.yNm, x = cut.xNm[i]! - centre.xNm;
    if (y * y + x * x > farthest) continue;
    const u = (cos * x + sin * y) / long, v = (cos * y - sin * x) / short;
    const fromRim = short * (scale - Math.hypot(u, v));
    const inside = Math.min(fromRim, cut.distanceNm[i]! - 26); // nm, about
    if (inside < -12) continue;
    if (inside > -8) occupied[i] = 1;
    const matrix = 1 / (1 + Math.exp(-inside / 3));
    const ripple = Math.cos(waveY * y + waveX * x + 1.1 * clouds[i]!);
    const crista = Math.max(0, ripple) ** 2 *
      Math.min(1, Math.max(0, (inside - 8) / 14));
    density[i] = density[i]! + matrix * (0.42 + 0.5 * crista) +
      0.75 * Math.exp(-inside * inside / 72);
  }
}
