import {
  type Box,
  cropArray,
  interpolator,
  mapZyx,
  type Patch,
  type Sample,
  sizeOf,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { largestReachVox } from "./_bound.ts";
import { type FieldParameters, openField, type PlaceRow } from "./_field.ts";
import { meanInside } from "./_mean_inside.ts";
import type { Misalignment, Shift } from "./_misalign.ts";
import {
  findNearest,
  mirroredPlace,
  readCovered,
  readLinear,
} from "./_rows.ts";

/** How a sample is read along a field. */
export interface ReadOptions {
  /** Voxels for each of which the field's spline is evaluated once. */
  readonly subsample: number;
  /** Interpolation of grey values. */
  readonly imageOrder: 0 | 1 | 3;
  /** What stands for grey values beyond the volume. */
  readonly outside: "value" | "mean" | "reflect";
  /** The value, if it is one. */
  readonly outsideValue: number;
  /** Whether what lies beyond the volume counts as labelled. */
  readonly outsideLabelled: boolean;
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
  const { shapeVox } = parameters;
  const [depth, height, width] = shapeVox;
  const marginVox = mapZyx((axis) =>
    (sample.shapeVox[axis] - shapeVox[axis]) / 2
  );
  const fillRow = openField(parameters, options.subsample);
  const row: PlaceRow = {
    z: new Float64Array(width),
    y: new Float64Array(width),
    x: new Float64Array(width),
  };
  const displaced = ([y, x]: Shift): Zyx => [
    marginVox[0],
    marginVox[1] + y,
    marginVox[2] + x,
  ];
  const image = new Float32Array(sizeOf(shapeVox)); // [D, H, W]
  const target = new Uint8Array(sizeOf(shapeVox)); // [D, H, W]
  const mask = new Uint8Array(sizeOf(shapeVox)); // [D, H, W]
  const isFlat = parameters.offsetsVox[0] === null;
  const isCovered = isFlat && options.imageOrder < 3 &&
    reachesInside(sample, marginVox, parameters);
  const patch: Patch = { image, target, mask, shapeVox };
  const readImage = openImage(sample, isFlat, options);
  const readLabels = openLabels(sample, width, options);
  for (let z = 0, at = 0; z < depth; z++) {
    const imageShift = displaced(parameters.imageShiftsVox[z]!);
    const labelShift = displaced(parameters.labelShiftsVox[z]!);
    const slipsAlone = imageShift.some((n, axis) => n !== labelShift[axis]);
    for (let y = 0; y < height; y++, at += width) {
      fillRow(row, z, y, imageShift);
      if (isCovered && !slipsAlone) {
        const isLinear = options.imageOrder === 1;
        readCovered(sample, z + marginVox[0], row, { to: patch, at, isLinear });
        continue;
      }
      readImage(row, image.subarray(at, at + width));
      if (slipsAlone) fillRow(row, z, y, labelShift);
      readLabels(row, target, mask, at);
    }
  }
  return { ...sample, ...patch, inside: wholeBox(shapeVox) };
}

/** Whether every place in the plane has voxels of the volume around it. */
function reachesInside(
  { shapeVox, inside }: Sample,
  marginVox: Zyx,
  parameters: FieldParameters & Misalignment,
): boolean {
  const [, y, x] = largestReachVox(parameters);
  return sizeOf(inside.shapeVox) === sizeOf(shapeVox) &&
    y + 1 <= marginVox[1] && x + 1 <= marginVox[2];
}

/** Reads grey values at the places of a row. */
type ReadImage = (row: PlaceRow, to: Float32Array) => void;

/** The way to read grey values; `isFlat` if no row leaves its section. */
function openImage(
  sample: Sample,
  isFlat: boolean,
  { imageOrder, outside, outsideValue }: ReadOptions,
): ReadImage {
  const { image, inside, shapeVox } = sample;
  const beyond = outside === "reflect"
    ? null
    : outside === "mean"
    ? meanInside(sample, 0, shapeVox[0])
    : outsideValue;
  if (imageOrder === 0) {
    const index = new Int32Array(shapeVox[2]);
    return (row, to) => {
      const places = index.subarray(0, to.length);
      findNearest(row, inside, shapeVox, {
        mirrors: beyond === null,
        index: places,
      });
      for (let i = 0; i < to.length; i++) {
        to[i] = places[i]! < 0 ? beyond! : image[places[i]!]!;
      }
    };
  }
  if (imageOrder === 1) {
    return (row, to) =>
      readLinear(image, row, inside, shapeVox, { outside: beyond, to });
  }
  return isFlat
    ? bySection(sample, beyond)
    : through(cropArray(image, shapeVox, inside), inside, beyond);
}

/** Cubic splines within each section: nothing moves along z. */
function bySection(sample: Sample, outside: number | null): ReadImage {
  const { image, inside: { startVox, shapeVox } } = sample;
  const [first, last] = [startVox[0], startVox[0] + shapeVox[0] - 1];
  const opened = new Map<number, ReadImage>();
  return (row, to) => {
    const z = row.z[0]!;
    if ((z < first || z > last) && outside !== null) {
      to.fill(outside);
      return;
    }
    const at = Math.round(mirroredPlace(z, first, last));
    let read = opened.get(at);
    if (!read) {
      const box: Box = {
        startVox: [at, startVox[1], startVox[2]],
        shapeVox: [1, shapeVox[1], shapeVox[2]],
      };
      const section = cropArray(image, sample.shapeVox, box);
      read = through(section, box, outside);
      opened.set(at, read);
    }
    read({ ...row, z: new Float64Array(to.length).fill(at) }, to);
  };
}

/** Reads the voxels of a box at any place, by cubic splines. */
function through(
  values: Float32Array,
  { startVox, shapeVox }: Box,
  outside: number | null,
): ReadImage {
  const valueAt = interpolator(values, shapeVox, {
    order: 3,
    mode: outside === null ? "reflect" : "constant",
    outside: outside ?? 0,
  });
  const [z, y, x] = startVox;
  return (row, to) => {
    for (let i = 0; i < to.length; i++) {
      to[i] = valueAt(row.z[i]! - z, row.y[i]! - y, row.x[i]! - x);
    }
  };
}

/** Reads labels at the places of a row of `width`, from the nearest voxels. */
function openLabels(
  { target, mask, inside, shapeVox }: Sample,
  width: number,
  { outside, outsideLabelled }: ReadOptions,
): (
  row: PlaceRow,
  toTarget: Uint8Array,
  toMask: Uint8Array,
  at: number,
) => void {
  const index = new Int32Array(width);
  const mirrors = outside === "reflect" && outsideLabelled;
  const beyond = outsideLabelled ? 1 : 0;
  return (row, toTarget, toMask, at) => {
    findNearest(row, inside, shapeVox, { mirrors, index });
    for (let i = 0; i < width; i++) {
      const from = index[i]!;
      toTarget[at + i] = from < 0 ? 0 : target[from]!;
      toMask[at + i] = from < 0 ? beyond : mask[from]!;
    }
  };
}
