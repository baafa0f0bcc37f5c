import type { Zyx } from "@/core/mod.ts";

/**
 * Where the voxels of a patch are read, in voxels of the patch: `[D, H, W]`, or
 * `[1, H, W]` where all sections are alike.
 */
export interface Places {
  /** Along z from the own section; without it no voxel leaves that. */
  readonly z?: Float64Array;
  /** Along y. */
  readonly y: Float64Array;
  /** Along x. */
  readonly x: Float64Array;
}

/** Every voxel where it is, in `sections` sections. */
export function placesAtRest(sections: number, [, height, width]: Zyx): Places {
  const count = sections * height * width;
  const y = new Float64Array(count), x = new Float64Array(count);
  for (let at = 0, line = 0; at < count; line++) {
    for (let column = 0; column < width; column++, at++) {
      y[at] = line % height;
      x[at] = column;
    }
  }
  return { y, x };
}

/** The places of one section of a patch of `shapeVox`; views. */
export function placesOf(
  { z, y, x }: Places,
  { section, shapeVox: [, height, width] }: {
    readonly section: number;
    readonly shapeVox: Zyx;
  },
): Places {
  const area = height * width;
  const from = y.length === area ? 0 : section * area, to = from + area;
  return {
    ...(z && { z: z.subarray(from, to) }),
    y: y.subarray(from, to),
    x: x.subarray(from, to),
  };
}

/** Whether every voxel of a section stays where it is. */
export function isAtRest({ z, y, x }: Places, width: number): boolean {
  if (z) return false;
  for (let at = 0, line = 0; at < y.length; line++) {
    for (let column = 0; column < width; column++, at++) {
      if (y[at] !== line || x[at] !== column) return false;
    }
  }
  return true;
}

/** How far places of a patch of `shapeVox` lie beyond it at most, along z, y, x. */
export function reachVox({ z, y, x }: Places, shapeVox: Zyx): Zyx {
  return [
    z ? beyond(z, 1) : 0,
    beyond(y, shapeVox[1]),
    beyond(x, shapeVox[2]),
  ];
}

/** How far places on a line of `length` voxels lie beyond it at most. */
function beyond(places: Float64Array, length: number): number {
  let low = 0, high = length - 1;
  for (let i = 0; i < places.length; i++) {
    low = Math.min(low, places[i]!);
    high = Math.max(high, places[i]!);
  }
  return Math.max(-low, high - length + 1);
}
