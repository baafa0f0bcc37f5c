import type { Rng } from "@/core/mod.ts";
import { type Canvas, pixelsNear } from "./canvas.ts";
import type { Scene } from "./scene.ts";

/** A small round thing, drawn from its profile of density by distance. */
interface Stamp {
  /** Beyond this it adds nothing. */
  readonly reachNm: number;
  /** Within this of its centre no other one begins. */
  readonly apartNm: number;
  /** Density at a distance from its centre. */
  profile(distanceNm: number): number;
}

/** A dark membrane around a bright inside. */
function vesicle(radiusNm: number): Stamp {
  return {
    reachNm: radiusNm + 14,
    apartNm: 1.8 * radiusNm,
    profile: (d) =>
      0.62 * Math.exp(-((d - radiusNm) ** 2) / 50) -
      0.12 * Math.exp(-(d * d) / (radiusNm * radiusNm)),
  };
}

function denseCore(radiusNm: number): Stamp {
  return {
    reachNm: radiusNm + 18,
    apartNm: 1.8 * radiusNm,
    profile: (d) => 1.3 / (1 + Math.exp((d - radiusNm) / 3)),
  };
}

/** A microtubule cut across: a dot with a pale middle. */
const microtubule: Stamp = {
  reachNm: 26,
  apartNm: 20,
  profile: (d) => 0.5 * Math.exp(-((d - 7) ** 2) / 60),
};

/**
 * Paints vesicles (many around the synapses of this depth, some elsewhere in
 * axons), dense-core vesicles and microtubules. A section is thicker than a
 * vesicle is wide, so each is seen once.
 */
export function paintVesicles(
  { tissue, sites }: Scene,
  canvas: Canvas,
  rng: Rng,
): void {
  const { zNm, grid: { startNm, stepNm, shape }, cut } = canvas;
  for (const site of sites) {
    const isHere = Math.abs(zNm - site.zNm) < site.radiusNm + 60;
    for (let k = 0; k < (site.isSynapse && isHere ? 40 : 0); k++) {
      const angle = rng.uniform(0, 2 * Math.PI);
      const away = (site.radiusNm + 130) * Math.sqrt(rng.uniform(0, 1));
      const y = site.yNm + away * Math.sin(angle);
      const x = site.xNm + away * Math.cos(angle);
      const radius = rng.uniform(16, 21), i = pixelAt(canvas, y, x);
      if (cut.cell[i] === site.cell) stamp(canvas, i, y, x, vesicle(radius));
    }
  }
  const um2 = shape[0] * stepNm[0] * shape[1] * stepNm[1] / 1e6;
  for (let k = 0; k < Math.round(140 * um2); k++) {
    const y = startNm[0] + rng.uniform(0, shape[0] * stepNm[0]);
    const x = startNm[1] + rng.uniform(0, shape[1] * stepNm[1]);
    const draw = rng.uniform(0, 1), size = rng.uniform(0, 1);
    const i = pixelAt(canvas, y, x), index = cut.cell[i];
    if (index === undefined) continue;
    const { kind } = tissue.cells[index]!;
    // Every third axon is full of vesicles.
    const vesicles =
      { axon: index % 3 === 0 ? 0.85 : 0.25, dendrite: 0.12, glia: 0 }[kind];
    const cores = kind === "axon" ? 0.012 : 0;
    if (draw < vesicles) stamp(canvas, i, y, x, vesicle(16 + 6 * size));
    else if (draw < vesicles + cores) {
      stamp(canvas, i, y, x, denseCore(24 + 16 * size));
    } else if (draw < vesicles + 0.3) stamp(canvas, i, y, x, microtubule);
  }
}

/** The number of the pixel at a place; -1 outside. */
function pixelAt({ grid }: Canvas, yNm: number, xNm: number): number {
  const row = Math.round((yNm - grid.startNm[0]) / grid.stepNm[0]);
  const column = Math.round((xNm - grid.startNm[1]) / grid.stepNm[1]);
  const [height, width] = grid.shape;
  const isInside = row >= 0 && row < height && column >= 0 && column < width;
  return isInside ? row * width + column : -1;
}

/** Stamps at a place, pixel `i`, if a membrane and other organelles leave room. */
function stamp(
  { grid, cut, density, occupied }: Canvas,
  i: number,
  y: number,
  x: number,
  { reachNm, apartNm, profile }: Stamp,
): void {
  if (occupied[i] || cut.distanceNm[i]! < reachNm + 4) return;
  for (
    const pixel of pixelsNear(grid, {
      yNm: y,
      xNm: x,
      reachNm: Math.max(reachNm, apartNm),
    })
  ) {
    const d = Math.hypot(pixel.yNm, pixel.xNm);
    if (d < reachNm) density[pixel.i] = density[pixel.i]! + profile(d);
    if (d < apartNm) occupied[pixel.i] = 1;
  }
}
