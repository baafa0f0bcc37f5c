import { type Canvas, pixelsNear } from "./canvas.ts";
import type { Site } from "./site.ts";
import type { Tissue } from "./tissue.ts";

/** A pixel near a site, on one of its two sides. */
export interface SitePixel {
  /** Its place in the section. */
  readonly i: number;
  /** The cell across, or the one it lies in if that is not the site's own. */
  readonly partner: number;
  /** Distance to the boundary, negative in the presynaptic cell. */
  readonly d: number;
  /** Distance to the axis of the site. */
  readonly away: number;
}

/** The pixels of a section near a site, on the boundary of its cell. */
export function* pixelsOf(
  site: Site,
  { tissue, canvas }: { readonly tissue: Tissue; readonly canvas: Canvas },
): Generator<SitePixel> {
  const { zNm, grid, cut } = canvas;
  const deep = zNm - site.zNm, reachNm = site.radiusNm + 90;
  if (Math.abs(deep) > site.radiusNm) return;
  const { yNm, xNm } = site;
  for (const pixel of pixelsNear(grid, { yNm, xNm, reachNm })) {
    const { i, yNm, xNm } = pixel;
    const isPre = cut.cell[i] === site.cell;
    if (!isPre && cut.other[i] !== site.cell) continue;
    const partner = isPre ? cut.other[i]! : cut.cell[i]!;
    if (tissue.cells[partner]!.kind === "glia") continue;
    const d = isPre ? -cut.distanceNm[i]! : cut.distanceNm[i]!;
    const away = Math.sqrt(
      Math.max(0, deep * deep + yNm * yNm + xNm * xNm - d * d),
    );
    yield { i, partner, d, away };
  }
}

/**
 * Paints the part of a site that a section shows: a synapse's cleft, labelled,
 * with presynaptic density and T-bar; or a junction's two plaques. A synapse has
 * as many partners as touch its cell there.
 */
export function paintSite(
  site: Site,
  { tissue, canvas }: { readonly tissue: Tissue; readonly canvas: Canvas },
): void {
  const { zNm, density, cleft } = canvas;
  const deep = zNm - site.zNm;
  for (const { i, d, away } of pixelsOf(site, { tissue, canvas })) {
    const fade = 1 / (1 + Math.exp((away - site.radiusNm) / 8));
    const most = site.isSynapse
      ? synapseDensity(d, away, Math.abs(deep))
      : junctionDensity(d);
    density[i] = density[i]! + site.strength * fade * most;
    if (site.isSynapse && fade > 0.5 && d >= -20 && d <= 16) cleft[i] = 1;
  }
}

/** Cleft, presynaptic fuzz, postsynaptic line, and a T-bar in the middle. */
function synapseDensity(d: number, away: number, deep: number): number {
  const cleft = 0.55 * gauss(d, 9);
  const fuzz = 0.8 * gauss(d + 17, 13);
  const postsynaptic = 0.3 * gauss(d - 12, 6);
  if (deep > 60) return cleft + fuzz + postsynaptic;
  const stalk = d < 0 && d > -58 ? 0.7 * gauss(away, 12) : 0;
  const platform = away < 52 ? 0.8 * gauss(d + 58, 8) : 0;
  return cleft + fuzz + postsynaptic + stalk + platform;
}

/** The same darkness on both sides. */
function junctionDensity(d: number): number {
  return 0.55 * gauss(Math.abs(d) - 13, 9) + 0.25 * gauss(d, 8);
}

function gauss(value: number, sigma: number): number {
  return Math.exp(-value * value / (2 * sigma * sigma));
}
