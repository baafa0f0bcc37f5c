import type { Rng, Zyx } from "@/core/mod.ts";
import { SmoothNoise, smoothTrack } from "./smooth_noise.ts";

/** What a cell looks like inside. */
export type CellKind = "axon" | "dendrite" | "glia";

/** A neurite or glial process: a tube through the sections. */
export interface Cell {
  /** What it is. */
  readonly kind: CellKind;
  /** Optical density of its cytoplasm. */
  readonly density: number;
  /** Mean radius of its cross-section. */
  readonly radiusNm: number;
  /** Its metric, so that the radius is a length: `[yy, yx, xx]`. */
  readonly metric: readonly [number, number, number];
  /** Its centre and radius at a depth. */
  at(zNm: number): { yNm: number; xNm: number; radiusNm: number };
}

/** A box of tissue: cells that fill it, and a warp that makes them irregular. */
export interface Tissue {
  /** Its extent. */
  readonly extentNm: Zyx;
  /** The cells. */
  readonly cells: readonly Cell[];
  /** Displacement of a plane's places, y then x. */
  warp(
    zNm: number,
    startNm: readonly [number, number],
    stepNm: readonly [number, number],
    shape: readonly [number, number],
  ): readonly [Float32Array, Float32Array];
}

/** Grows cells of all sizes into a box. */
export function growTissue(extentNm: Zyx, rng: Rng): Tissue {
  const cells = placeCells(extentNm, rng.at("cells"));
  const wide = [0, 1].map((axis) =>
    new SmoothNoise(extentNm, [420, 420, 420], rng.at("warp", "wide", axis))
  );
  const fine = [0, 1].map((axis) =>
    new SmoothNoise(extentNm, [150, 95, 95], rng.at("warp", "fine", axis))
  );
  return {
    extentNm,
    cells,
    warp(zNm, startNm, stepNm, shape) {
      const along = (axis: number) => {
        const shift = wide[axis]!.plane(zNm, startNm, stepNm, shape);
        const detail = fine[axis]!.plane(zNm, startNm, stepNm, shape);
        for (let i = 0; i < shift.length; i++) {
          shift[i] = 80 * shift[i]! + 21 * detail[i]!;
        }
        return shift;
      };
      return [along(0), along(1)];
    },
  };
}

/** Large cells first, then smaller ones wherever there is room left. */
function placeCells([depth, height, width]: Zyx, rng: Rng): Cell[] {
  const margin = 350;
  const area = (height + 2 * margin) * (width + 2 * margin);
  const sizes: readonly (readonly [number, number, number])[] = [
    // [radius from, radius to, share of the area]
    [280, 520, 0.3],
    [150, 280, 0.22],
    [70, 150, 0.26],
    [34, 70, 0.18],
  ];
  const placed: { y: number; x: number; r: number }[] = [];
  const cells: Cell[] = [];
  for (const [from, to, share] of sizes) {
    let left = share * area;
    for (
      let tries = 0;
      left > 0 && tries < 40 + 8 * area / (to * to);
      tries++
    ) {
      const radiusNm = rng.uniform(from, to);
      const y = rng.uniform(-margin, height + margin);
      const x = rng.uniform(-margin, width + margin);
      const isFree = placed.every((p) =>
        Math.hypot(p.y - y, p.x - x) > 0.86 * (p.r + radiusNm)
      );
      if (!isFree) continue;
      left -= Math.PI * radiusNm * radiusNm;
      placed.push({ y, x, r: radiusNm });
      cells.push(growCell(y, x, radiusNm, depth, rng.at(cells.length)));
    }
  }
  return cells;
}

function growCell(
  y: number,
  x: number,
  radiusNm: number,
  depth: number,
  rng: Rng,
): Cell {
  const kindDraw = rng.uniform(0, 1);
  const kind = kindDraw < 0.09 && radiusNm < 200
    ? "glia"
    : kindDraw < 0.55
    ? "axon"
    : "dendrite";
  const elongation = kind === "glia"
    ? rng.uniform(2, 3.5)
    : 1 + 0.9 * rng.uniform(0, 1) ** 2;
  const angle = rng.uniform(0, Math.PI);
  const cos = Math.cos(angle), sin = Math.sin(angle);
  const long = 1 / elongation, short = elongation;
  // Most run across the sections; some wander, and are cut obliquely.
  const wander = rng.uniform(0, 1) < 0.25
    ? rng.uniform(120, 260)
    : rng.uniform(20, 90);
  const track = ["y", "x", "radius"].map((what) =>
    smoothTrack(depth, rng.uniform(600, 1000), rng.at(what))
  );
  return {
    kind,
    density: kind === "glia" ? rng.uniform(0.8, 1.1) : rng.uniform(0.36, 0.54),
    radiusNm,
    metric: [
      long * cos * cos + short * sin * sin,
      (long - short) * cos * sin,
      long * sin * sin + short * cos * cos,
    ],
    at: (zNm) => ({
      yNm: y + wander * track[0]!(zNm),
      xNm: x + wander * track[1]!(zNm),
      radiusNm: radiusNm * (1 + 0.12 * track[2]!(zNm)),
    }),
  };
}
