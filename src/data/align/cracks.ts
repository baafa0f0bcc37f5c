import {
  type AlignedFrame,
  partDefaults,
  partsOf,
  registerPart,
  type Yx,
} from "@/align/mod.ts";
import { type AffineMap, ExperimentError } from "@/core/mod.ts";
import type { CrackMasks } from "./_crack_masks.ts";
import type { Crack } from "./crack.ts";

/** What was found of torn sections. */
export interface Cracks {
  /** Those that are put together. */
  readonly cracks: readonly Crack[];
  /** Sections that count as torn or are bad: others are not filled from them. */
  readonly torn: ReadonlySet<number>;
  /** What a user should know. */
  readonly notes: readonly string[];
}

/** Where cracks are looked for. */
export interface CrackPlace {
  readonly frame: AlignedFrame;
  /** Sections that others are neither compared with nor filled from. */
  readonly bad?: ReadonlySet<number> | undefined;
  /** Aligned grey values of a section. */
  greys(section: number): Float32Array;
  readonly signal?: AbortSignal | undefined;
  /** Where they are asked for, for errors. */
  readonly where: string;
}

/** Share of a crack that may be as bright as tissue. */
const mostTissue = 0.1;

/** Mean width of a crack in voxels; a membrane between two parts leaves less open. */
const leastWidth = 2;

/** Correlation with the neighbours below which a part belongs nowhere for certain. */
const leastCorrelation = 0.15;

/**
 * Finds the torn sections of an aligned volume and where their parts belong
 * (techniques A8.6): parts by their brightness or by masks, maps by matrices or
 * estimated against the nearest whole sections.
 *
 * @throws {ExperimentError} If masks are none, a matrix cannot be undone, or a
 * part that was named suits no neighbour.
 */
export function findCracks(
  masks: CrackMasks | null,
  place: CrackPlace,
): Cracks {
  const { frame: { shapeVox: [depth, height, width] }, greys } = place;
  const { bad = new Set<number>(), signal } = place;
  const shapeVox: Yx = [height, width];
  const parts = new Map<number, Uint8Array>();
  for (let section = 0; section < depth; section++) {
    signal?.throwIfAborted();
    const found = masks
      ? masks.parts(section)
      : crackedParts(section, { depth, bad, shapeVox, greys });
    if (found) parts.set(section, found);
  }
  const torn = new Set([...parts.keys(), ...bad]);
  const notes: string[] = [], cracks: Crack[] = [];
  for (const [section, mask] of parts) {
    signal?.throwIfAborted();
    const given = masks?.maps(section);
    const [before, after] = neighboursOf(section, { torn, ...place });
    const onto = before.map((value, i) => (value + after[i]!) / 2);
    const registered = given?.map((map) => ({ map, correlation: null })) ??
      [1, 2].map((part) =>
        registerPart({
          plane: greys(section),
          mask: mask.map((p) => p === part ? 1 : 0),
          ...{ onto, shapeVox },
        })
      );
    const correlations = registered.map(({ correlation }) => correlation);
    const least = Math.min(...correlations.map((c) => c ?? 1));
    if (least < leastCorrelation) {
      const why = `a part of it suits its neighbours by ${
        least.toFixed(2)
      } only`;
      if (masks) throw homeless(section, why, place.where);
      notes.push(`Section ${section} seems torn and is left as it is: ${why}`);
      continue;
    }
    const maps = registered.map(({ map }) => map) as [AffineMap, AffineMap];
    cracks.push({ section, shapeVox, parts: mask, maps, correlations });
  }
  return { cracks, torn, notes };
}

/**
 * The parts of a section that is torn: between them it is dark, where most of the
 * sections beside it, up to two away, are not. Membranes go on through sections,
 * and what they enclose is bright.
 */
function crackedParts(
  section: number,
  { depth, bad, shapeVox, greys }: Pick<CrackPlace, "greys"> & {
    readonly depth: number;
    readonly bad: ReadonlySet<number>;
    readonly shapeVox: Yx;
  },
): Uint8Array | null {
  const own = greys(section), { threshold } = partDefaults;
  const parts = partsOf({ plane: own, shapeVox });
  if (!parts) return null;
  const beside = [-2, -1, 1, 2].map((step) => section + step)
    .filter((z) => z >= 0 && z < depth && !bad.has(z)).map(greys);
  let gap = 0, bright = 0, tissue = 0;
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] !== 0) continue;
    gap++;
    if (own[i]! > threshold) tissue++;
    let most = 0;
    for (const plane of beside) most += plane[i]! > threshold ? 1 : -1;
    if (most > 0) bright++;
  }
  const isWide = gap >= leastWidth * Math.min(...shapeVox);
  const isDark = bright > gap / 2 && tissue < mostTissue * gap;
  return isWide && isDark ? parts : null;
}

function homeless(
  section: number,
  why: string,
  where: string,
): ExperimentError {
  return new ExperimentError(
    `Cannot put aligned section ${section} together: ${why}`,
    { where, fix: "Give its matrices in the file of masks, or leave it out" },
  );
}

/**
 * The nearest whole sections before and behind a torn one; where one side has
 * none, the other twice.
 *
 * @throws {ExperimentError} If there is none at all.
 */
export function neighboursOf(
  section: number,
  { torn, frame, greys, where }: Omit<CrackPlace, "signal" | "bad"> & {
    readonly torn: ReadonlySet<number>;
  },
): readonly [Float32Array, Float32Array] {
  const whole = (step: 1 | -1) => {
    let at = section + step;
    while (torn.has(at)) at += step;
    return at >= 0 && at < frame.shapeVox[0] ? at : undefined;
  };
  const before = whole(-1) ?? whole(1), behind = whole(1) ?? whole(-1);
  if (before === undefined || behind === undefined) {
    throw new ExperimentError(
      "Cannot repair a volume in which every section is torn or bad",
      { where, fix: "Name the torn sections by a file of masks" },
    );
  }
  return [greys(before), greys(behind)];
}
