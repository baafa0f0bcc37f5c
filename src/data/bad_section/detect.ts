import { pixelGrid, shrunken, type Volume } from "@/core/mod.ts";

/** A section that is bad, and why. */
export interface BadSection {
  /** Its number, counted from 0. */
  readonly section: number;
  /** What is wrong with it. */
  readonly why: "missing" | "of low contrast" | "unlike its neighbours";
}

/** Spread of grey values, from 0 to 1, below which a section shows nothing. */
const leastSpread = 0.01;

/** Part of the usual spread below which contrast is low. */
const lowContrast = 0.5;

/** How much more like each other neighbours are than the section between. */
const outlier = 0.1;

/** Sections are compared in so many pixels a side at most. */
const mostPixels = 256;

/**
 * Finds sections that are missing (one grey), of low contrast (less than half of
 * what is usual), or unlike both neighbours although these are like each other:
 * folded, burnt, or out of place. Compares mean grey values of blocks; reads a
 * section at a time.
 */
export function detectBadSections(volume: Volume): readonly BadSection[] {
  const [depth, height, width] = volume.shapeVox;
  const grid = pixelGrid([height, width], mostPixels);
  const planes = Array.from({ length: depth }, (_, z) => {
    const { image } = volume.read({
      startVox: [z, 0, 0],
      shapeVox: [1, height, width],
    });
    return standardised(shrunken(image, { ...grid, keep: "mean" }));
  });
  const spreads = planes.map(({ spread }) => spread);
  const usual = spreads.toSorted((a, b) => a - b)[depth >> 1]!;
  const like = (a: number, b: number) =>
    correlation(planes[a]!.values, planes[b]!.values);
  return planes.flatMap(({ spread }, section): BadSection[] => {
    if (spread < leastSpread) return [{ section, why: "missing" }];
    if (spread < lowContrast * usual) {
      return [{ section, why: "of low contrast" }];
    }
    if (section === 0 || section === depth - 1) return [];
    const own = Math.max(
      like(section - 1, section),
      like(section, section + 1),
    );
    return like(section - 1, section + 1) > own + outlier
      ? [{ section, why: "unlike its neighbours" }]
      : [];
  });
}

/** Values of mean 0 and spread 1, and their spread before; all 0 if they are equal. */
function standardised(values: Float64Array) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  const spread = Math.sqrt(square / values.length);
  const scale = spread > 0 ? 1 / spread : 0;
  return { spread, values: values.map((v) => (v - mean) * scale) };
}

function correlation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
}
