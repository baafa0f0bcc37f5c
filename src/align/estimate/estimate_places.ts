import { gaussianFilter, type Zyx } from "@/core/mod.ts";
import { halved } from "../_planes.ts";
import type { PlanePair } from "../crack/mod.ts";
import type { Yx } from "../shifts.ts";
import { solve } from "../_solve.ts";
import { type Match, matchBlocks, type MatchOptions } from "./match_blocks.ts";
import { type Peak, phaseCorrelation } from "./phase_correlation.ts";

/** Sections to be aligned, each read when it is needed. */
export interface SectionStack {
  /** How many sections there are. */
  readonly sections: number;
  /** Extent of each, in voxels. */
  readonly shapeVox: Yx;
  /** Grey values of a section, `[H, W]`. */
  read(section: number): Float32Array;
}

/** How places are estimated. */
export interface EstimateOptions {
  /** How many sections on each one is compared with, such as the next and the one after. */
  readonly reach: number;
  /**
   * Sections over which structure is taken to stay where it is: what moves more
   * slowly than that is drift and is taken away. Infinity takes none away.
   */
  readonly driftSections: number;
}

/** The next two sections; no drift is taken away. */
export const estimateDefaults: EstimateOptions = {
  reach: 2,
  driftSections: Infinity,
};

/** Two sections that were compared. */
export interface Link extends Match {
  /** The first. */
  readonly from: number;
  /** The second, behind it. */
  readonly to: number;
}

/** Where sections are to be read, and how sure that is. */
export interface EstimatedPlaces {
  /** For each section, in voxels from where it lies; that of the middle one is 0. */
  readonly places: readonly Yx[];
  /** What was compared. */
  readonly links: readonly Link[];
  /**
   * Sections that suit no neighbour, such as missing ones; their places lie
   * between those of their neighbours.
   */
  readonly unsure: readonly number[];
}

/**
 * Estimates where each section of a stack is to be read so that structure goes
 * on from section to section: shifts between neighbours by phase correlation,
 * refined by blocks, and places that suit all of them best, those that do not fit
 * the others left out (least absolute differences by reweighting).
 *
 * Holds `reach + 1` sections at a time.
 */
export function estimatePlaces(
  stack: SectionStack,
  options: EstimateOptions = estimateDefaults,
): EstimatedPlaces {
  const links = compareSections(stack, options.reach);
  const suiting = links.filter(({ correlation }) =>
    correlation >= leastCorrelation
  );
  const along = (axis: 0 | 1) =>
    withoutDrift(
      placesAlong(
        stack.sections,
        links.map((link) => ({
          from: link.from,
          to: link.to,
          shift: link.shiftVox[axis],
          // tissue itself runs aslant, the more the farther sections lie apart
          trust: link.correlation / (link.to - link.from) ** 3,
        })),
      ),
      options.driftSections,
    );
  const y = along(0), x = along(1);
  const middle = (stack.sections - 1) >> 1;
  const places = Array.from(
    { length: stack.sections },
    (_, z): Yx => [y[z]! - y[middle]!, x[z]! - x[middle]!],
  );
  const isSure = new Set(
    suiting.flatMap(({ from, to }) => [from, to]),
  );
  const unsure = places.keys().filter((z) => !isSure.has(z)).toArray();
  return { places, links, unsure: stack.sections > 1 ? unsure : [] };
}

/** Mean correlation of blocks below which two sections do not suit. */
const leastCorrelation = 0.15;

function compareSections(stack: SectionStack, reach: number): Link[] {
  const links: Link[] = [];
  const recent: Float32Array[] = []; // the last ones, newest first
  const shape: Zyx = [1, ...stack.shapeVox], calm = 2; // noise is no structure
  for (let to = 0; to < stack.sections; to++) {
    const second = gaussianFilter(stack.read(to), shape, [0, calm, calm]);
    for (const [back, first] of recent.entries()) {
      const match = compareTwo(first, second, stack.shapeVox);
      if (match) links.push({ ...match, from: to - back - 1, to });
    }
    recent.unshift(second);
    recent.length = Math.min(recent.length, reach);
  }
  return links;
}

/**
 * The shift between two sections: on coarse copies what suits best of the
 * likeliest peaks and of all that is near, then ever finer.
 */
function compareTwo(
  first: Float32Array,
  second: Float32Array,
  shapeVox: Yx,
): Match | null {
  const levels = [{ first, second, shapeVox }];
  for (
    let finest = levels[0]!;
    Math.min(...finest.shapeVox) >= 2 * coarseVox;
  ) {
    const half = halved(finest.first, finest.shapeVox);
    finest = {
      first: half.plane,
      second: halved(finest.second, finest.shapeVox).plane,
      shapeVox: half.shapeVox,
    };
    levels.unshift(finest);
  }
  const [coarsest, ...finer] = levels as [PlanePair, ...PlanePair[]];
  let best = matchBlocks(coarsest, [0, 0], { ...coarseBlocks, searchVox: 8 });
  for (const { shiftVox } of likeliest(coarsest)) {
    const match = matchBlocks(coarsest, shiftVox, coarseBlocks);
    if (match && match.correlation > (best?.correlation ?? -1)) best = match;
  }
  for (const level of finer) {
    if (!best) return null;
    const [y, x]: Yx = best.shiftVox;
    best = matchBlocks(level, [2 * y, 2 * x]);
  }
  return best;
}

/** The coarsest planes have at least this extent, and less than twice of it. */
const coarseVox = 96;

const coarseBlocks: MatchOptions = { blockVox: 24, searchVox: 2, blocks: 5 };

function likeliest({ first, second, shapeVox }: PlanePair): readonly Peak[] {
  const extentVox = 2 ** Math.floor(Math.log2(Math.min(...shapeVox)));
  return phaseCorrelation({
    first: middleSquare(first, shapeVox, extentVox),
    second: middleSquare(second, shapeVox, extentVox),
    extentVox,
  }, { peaks: 6 });
}

function middleSquare(
  plane: Float32Array,
  [height, width]: Yx,
  n: number,
): Float32Array {
  const top = (height - n) >> 1, left = (width - n) >> 1;
  const result = new Float32Array(n * n); // [n, n]
  for (let y = 0; y < n; y++) {
    const from = (top + y) * width + left;
    result.set(plane.subarray(from, from + n), y * n);
  }
  return result;
}

/** A shift along one axis, and how much it counts. */
interface Difference {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
  readonly trust: number;
}

/** The places whose differences suit the shifts best, in the sense of least absolute ones. */
function placesAlong(
  sections: number,
  differences: Difference[],
): Float64Array {
  let places: Float64Array = new Float64Array(sections);
  for (let round = 0; round < 20; round++) {
    const normal = new Float64Array(sections * sections);
    const right = new Float64Array(sections);
    const add = (i: number, j: number, shift: number, weight: number) => {
      normal[i * sections + i]! += weight;
      normal[j * sections + j]! += weight;
      normal[i * sections + j]! -= weight;
      normal[j * sections + i]! -= weight;
      right[j]! += weight * shift;
      right[i]! -= weight * shift;
    };
    for (const { from, to, shift, trust } of differences) {
      const off = Math.abs(places[to]! - places[from]! - shift);
      add(from, to, shift, trust / (round === 0 ? 1 : Math.max(0.1, off)));
    }
    // A section that suits none stays between its neighbours.
    for (let z = 1; z < sections; z++) add(z - 1, z, 0, 1e-6);
    normal[0]! += 1; // one place is free
    places = solve(normal, right)!;
  }
  return places;
}

/** Takes away lines fitted to the places around each, those within `span` sections. */
function withoutDrift(places: Float64Array, span: number): Float64Array {
  if (!Number.isFinite(span)) return places;
  return places.map((place, z) => {
    let n = 0, sz = 0, szz = 0, sp = 0, szp = 0;
    for (let other = 0; other < places.length; other++) {
      const away = other - z, weight = Math.exp(-0.5 * (away / span) ** 2);
      n += weight;
      sz += weight * away;
      szz += weight * away * away;
      sp += weight * places[other]!;
      szp += weight * away * places[other]!;
    }
    const spread = n * szz - sz * sz;
    return place - (spread > 0 ? (szz * sp - sz * szp) / spread : sp / n);
  });
}
