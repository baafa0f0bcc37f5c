import {
  type Box,
  cropArray,
  interpolator,
  mirrored,
  type PlaceArrays,
  reflected,
  type Sample,
  type ValueAt,
} from "@/core/mod.ts";

import { type Outside, valueBeyond } from "./_outside.ts";

/**
 * Reads grey values through cubic splines, wherever the places lie. Where no
 * voxel leaves its section those of the section are enough: at whole z a spline
 * is its section's own.
 */
export function openSplines(
  sample: Sample,
  { places: { z, y, x }, options }: {
    readonly places: PlaceArrays;
    readonly options: Outside;
  },
): (to: Float32Array) => void {
  const { startVox: [front, top, left], shapeVox } = sample.inside;
  const [depth, rows, columns] = shapeVox;
  const outside = valueBeyond(sample, options);
  const mode = options.outside === "reflect" || options.outside === "mirror"
    ? options.outside
    : "constant";
  const open = (first: number, sections: number): ValueAt => {
    const box: Box = {
      startVox: [front + first, top, left],
      shapeVox: [sections, rows, columns],
    };
    const values = cropArray(sample.image, sample.shapeVox, box);
    return interpolator(values, box.shapeVox, { order: 3, mode, outside });
  };
  let whole: ValueAt | undefined;
  return (to) => {
    const section = z[0]! - front;
    let valueAt: ValueAt;
    if (Number.isInteger(section) && z.every((place) => place === z[0])) {
      const first = mode === "constant"
        ? section
        : (mode === "reflect" ? reflected : mirrored)(section, depth);
      if (first < 0 || first >= depth) {
        to.fill(outside);
        return;
      }
      const flat = open(first, 1);
      valueAt = (_z, y, x) => flat(0, y, x);
    } else {
      valueAt = whole ??= open(0, depth);
    }
    for (let i = 0; i < to.length; i++) {
      to[i] = valueAt(z[i]! - front, y[i]! - top, x[i]! - left);
    }
  };
}
