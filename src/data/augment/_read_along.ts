import {
  arenaArray,
  enterArena,
  inArena,
  inScratch,
  linearAt,
  mapZyx,
  nearestVoxels,
  type PlaceArrays,
  type Sample,
  sizeOf,
  taken,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { type FieldParameters, openField } from "./_field.ts";
import type { Misalignment, Shift } from "./_misalign.ts";
import { type Outside, valueBeyond } from "./_outside.ts";
import { openSplines } from "./_read_splines.ts";
import { openTrace } from "./_traced.ts";

/** How a sample is read along a field. */
export interface ReadOptions extends Outside {
  /** Voxels for each of which the field's spline is evaluated once. */
  readonly subsample: number;
  /** Interpolation of grey values. */
  readonly imageOrder: 0 | 1 | 3;
}

/**
 * Reads a sample along a field into a patch of the field's shape, which lies in
 * the middle of the sample; what remains around it is context.
 */
export function readAlong(
  sample: Sample,
  parameters: FieldParameters & Misalignment,
  options: ReadOptions,
): Sample {
  const { shapeVox, imageShiftsVox, labelShiftsVox } = parameters;
  const marginVox = mapZyx((axis) =>
    (sample.shapeVox[axis] - shapeVox[axis]) / 2
  );
  const displaced = ([y, x]: Shift): Zyx => [
    marginVox[0],
    marginVox[1] + y,
    marginVox[2] + x,
  ];
  return inArena(() => {
    const voxels = sizeOf(shapeVox), area = voxels / shapeVox[0];
    const image = arenaArray(Float32Array, voxels); // [D, H, W]
    const target = arenaArray(Uint8Array, voxels); // [D, H, W]
    const mask = arenaArray(Uint8Array, voxels); // [D, H, W]
    const places: PlaceArrays = {
      z: arenaArray(Float64Array, area),
      y: arenaArray(Float64Array, area),
      x: arenaArray(Float64Array, area),
    };
    const fillPlaces = openField(parameters, options.subsample);
    const readImage = openImage(sample, places, options);
    const readLabels = openLabels(sample, places, options);
    const trace = openTrace(sample, { shapeVox, labels: options });
    for (let z = 0; z < shapeVox[0]; z++) {
      const [from, to] = [z * area, (z + 1) * area];
      const imageShift = imageShiftsVox[z]!, labelShift = labelShiftsVox[z]!;
      inScratch(() => {
        fillPlaces(places, z, displaced(imageShift));
        readImage(image.subarray(from, to));
        if (imageShift.some((vox, axis) => vox !== labelShift[axis])) {
          fillPlaces(places, z, displaced(labelShift));
        }
        readLabels(target.subarray(from, to), mask.subarray(from, to));
        trace.read(z, places);
      });
    }
    const inside = wholeBox(shapeVox);
    return {
      ...sample,
      ...trace.traced,
      image,
      target,
      mask,
      shapeVox,
      inside,
    };
  });
}

/** Reads grey values at the places that `places` holds at the time. */
function openImage(
  sample: Sample,
  places: PlaceArrays,
  options: ReadOptions,
): (to: Float32Array) => void {
  if (options.imageOrder === 3) return openSplines(sample, { places, options });
  const image = enterArena(sample.image);
  const mirrors = options.outside === "reflect";
  const beyond = valueBeyond(sample, options);
  if (options.imageOrder === 1) {
    const outside = mirrors ? null : beyond;
    return (to) => linearAt(image, sample, places, { outside, to });
  }
  return (to) =>
    taken(image, nearestVoxels(sample, places, { mirrors }), beyond, to);
}

/** Reads labels there, from the nearest voxels. */
function openLabels(
  sample: Sample,
  places: PlaceArrays,
  { outside, outsideLabelled }: ReadOptions,
): (toTarget: Uint8Array, toMask: Uint8Array) => void {
  const target = enterArena(sample.target), mask = enterArena(sample.mask);
  const mirrors = outside === "reflect" && outsideLabelled;
  return (toTarget, toMask) => {
    const index = nearestVoxels(sample, places, { mirrors });
    taken(target, index, 0, toTarget);
    taken(mask, index, outsideLabelled ? 1 : 0, toMask);
  };
}
