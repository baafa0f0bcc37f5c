import {
  type AffineMap,
  floatsFrom,
  gaussianFilter,
  inverseOf,
  mapped,
} from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";
import type { Voxels } from "../plane.ts";
import { linearReader } from "../_planes.ts";
import { denseFlow, middleOf } from "./flow.ts";

/** How a torn section was put together; all that the way back needs. */
export interface Repair {
  /** H and W, of the torn section and of the repaired one. */
  readonly shapeVox: Yx;
  /** 1 and 2 in the parts of the torn section, 0 in the gap, `[H, W]`. */
  readonly parts: Uint8Array;
  /** From a place of the first and of the second part to where it belongs. */
  readonly maps: readonly [AffineMap, AffineMap];
}

/** A torn section between its neighbours. */
export interface TornSection {
  /** The torn section, `[H, W]`, grey values from 0 to 1. */
  readonly plane: Float32Array;
  /** The section before it, `[H, W]`. */
  readonly before: Float32Array;
  /** The section after it, `[H, W]`. */
  readonly after: Float32Array;
}

/**
 * Which part each voxel of the repaired section comes from, `[H, W]`: 1 or 2, or
 * 0 where none reaches and grey values have to be made up.
 */
export function regionsOf({ shapeVox, parts, maps }: Repair): Uint8Array {
  const regions = new Uint8Array(parts.length); // [H, W]
  for (const part of [2, 1] as const) {
    const back = inverseOf(maps[part - 1]!);
    forEachPlace(shapeVox, (y, x, i) => {
      const from = nearest(mapped(back, [y, x]), shapeVox);
      if (from >= 0 && parts[from] === part) regions[i] = part;
    });
  }
  return regions;
}

/**
 * Puts the parts of a torn section where they belong, linearly between voxels,
 * and fills what they leave open by what lies between the neighbours, with the
 * section's own brightness and contrast, slightly blurred (techniques A8.6).
 *
 * @returns The repaired section, `[H, W]`.
 */
export function repairSection(
  { plane, before, after }: TornSection,
  repair: Repair,
): Float32Array {
  const { shapeVox } = repair;
  const regions = regionsOf(repair);
  const repaired = moveParts(plane, repair); // [H, W]
  const pair = { first: before, second: after, shapeVox };
  const middle = likeSection(
    middleOf(pair, denseFlow(pair)),
    repaired,
    regions,
  );
  const calm = gaussianFilter(middle, [1, ...shapeVox], [0, 0.7, 0.7]);
  for (let i = 0; i < repaired.length; i++) {
    if (regions[i] === 0) repaired[i] = Math.min(1, Math.max(0, calm[i]!));
  }
  return repaired;
}

/** The parts of a torn section where they belong, 0 in what they leave open. */
export function moveParts(plane: Float32Array, repair: Repair): Float32Array {
  const { shapeVox, parts, maps } = repair;
  const regions = regionsOf(repair);
  const moved = new Float32Array(plane.length); // [H, W]
  for (const part of [1, 2] as const) {
    const back = inverseOf(maps[part - 1]!);
    const isPart = floatsFrom(parts, (p) => p === part ? 1 : 0);
    const share = linearReader(isPart, shapeVox);
    const grey = linearReader(plane.map((v, i) => v * isPart[i]!), shapeVox);
    forEachPlace(shapeVox, (y, x, i) => {
      if (regions[i] !== part) return;
      const [py, px] = mapped(back, [y, x]);
      moved[i] = grey(py, px) / share(py, px); // nothing of the gap mixes in
    });
  }
  return moved;
}

/** Labels of a torn section as the repaired one has them: nearest voxel, else 0. */
export function repairLabels<T extends Voxels>(labels: T, repair: Repair): T {
  const { shapeVox, maps } = repair;
  const regions = regionsOf(repair);
  const back = maps.map(inverseOf);
  const result = emptyLike(labels);
  forEachPlace(shapeVox, (y, x, i) => {
    const part = regions[i]!;
    if (part === 0) return;
    result[i] = labels[nearest(mapped(back[part - 1]!, [y, x]), shapeVox)]!;
  });
  return result;
}

/**
 * What a prediction of a repaired section says of the torn one: each voxel of a
 * part asks where it was put, the gap and what was filled have 0 (techniques
 * A8.7).
 *
 * @returns The voxels of the torn section, and how many of its parts could not
 * be asked: they were put outside, or under the other part.
 */
export function reverseRepair<T extends Voxels>(
  voxels: T,
  repair: Repair,
): { readonly voxels: T; readonly lostVox: number } {
  const { shapeVox, parts, maps } = repair;
  const regions = regionsOf(repair);
  const result = emptyLike(voxels);
  let lostVox = 0;
  forEachPlace(shapeVox, (y, x, i) => {
    const part = parts[i]!;
    if (part === 0) return;
    const at = nearest(mapped(maps[part - 1]!, [y, x]), shapeVox);
    if (at >= 0 && regions[at] === part) result[i] = voxels[at]!;
    else lostVox++;
  });
  return { voxels: result, lostVox };
}

/** Gives one plane the mean and the spread another has where it has parts. */
function likeSection(
  plane: Float32Array,
  section: Float32Array,
  regions: Uint8Array,
): Float32Array {
  const ours = momentsOf(plane, regions), theirs = momentsOf(section, regions);
  const gain = ours.spread > 0 ? theirs.spread / ours.spread : 1;
  return plane.map((value) => theirs.mean + gain * (value - ours.mean));
}

function momentsOf(plane: Float32Array, regions: Uint8Array) {
  let n = 0, sum = 0, square = 0;
  for (let i = 0; i < plane.length; i++) {
    if (regions[i] === 0) continue;
    n++;
    sum += plane[i]!;
    square += plane[i]! ** 2;
  }
  const mean = n > 0 ? sum / n : 0;
  return {
    mean,
    spread: n > 0 ? Math.sqrt(Math.max(0, square / n - mean ** 2)) : 0,
  };
}

function emptyLike<T extends Voxels>({ constructor, length }: T): T {
  return new (constructor as new (n: number) => T)(length);
}

function forEachPlace(
  [height, width]: Yx,
  visit: (y: number, x: number, i: number) => void,
): void {
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) visit(y, x, i);
  }
}

/** The index of the voxel a place lies in; -1 outside. */
function nearest([y, x]: Yx, [height, width]: Yx): number {
  const row = Math.floor(y + 0.5), column = Math.floor(x + 0.5);
  return row < 0 || column < 0 || row >= height || column >= width
    ? -1
    : row * width + column;
}
