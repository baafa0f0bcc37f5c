import {
  type Box,
  cropArray,
  mapZyx,
  type Patch,
  type Sample,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import type { PlaceRow } from "./_field.ts";
import { mirrorPlaces } from "./_mirror_places.ts";
import { isAtRest, type Places, placesOf } from "./_places.ts";
import { type Outside, valueBeyond } from "./_outside.ts";
import { openSplines } from "./_read_splines.ts";
import { findNearest, readCovered, readLinear } from "./_rows.ts";

/** How a sample is read between its voxels. */
export interface ReadPlacesOptions extends Outside {
  /** Interpolation of grey values: 0 nearest, 1 linear, 3 cubic. */
  readonly imageOrder: 0 | 1 | 3;
  /** Labels: 0 from the nearest voxel, 1 linear and set wherever above 0. */
  readonly labelOrder: 0 | 1;
}

/**
 * Reads a sample at the given places into a patch of `shapeVox`, which lies in
 * the middle of the sample; what remains around it is context. A section in
 * which nothing moves is copied.
 */
export function readPlaces(
  sample: Sample,
  shapeVox: Zyx,
  places: Places,
  options: ReadPlacesOptions,
): Sample {
  const marginVox = mapZyx((axis) =>
    (sample.shapeVox[axis] - shapeVox[axis]) / 2
  );
  const middle: Box = { startVox: marginVox, shapeVox };
  const to: Patch = {
    image: cropArray(sample.image, sample.shapeVox, middle), // [D, H, W]
    target: cropArray(sample.target, sample.shapeVox, middle), // [D, H, W]
    mask: cropArray(sample.mask, sample.shapeVox, middle), // [D, H, W]
    shapeVox,
  };
  const [depth, height, width] = shapeVox;
  const area = height * width, isAlike = places.y.length === area;
  const row = makeRow(area); // a section at a time, in voxels of the sample
  const read = openReader(sample, row, options);
  const readsCovered = !places.z && options.imageOrder < 3 &&
    options.labelOrder === 0;
  for (let z = 0, rests = false, isCovered = false; z < depth; z++) {
    const from = placesOf(places, z, shapeVox);
    if (z === 0 || !isAlike) {
      rests = isAtRest(from, width);
      setMoved(row.y, from.y, marginVox[1]);
      setMoved(row.x, from.x, marginVox[2]);
      isCovered = readsCovered && surrounds(sample.inside, row);
    }
    if (rests) continue;
    if (from.z) setMoved(row.z, from.z, z + marginVox[0]);
    else row.z.fill(z + marginVox[0]);
    if (isCovered && hasSection(sample.inside, z + marginVox[0])) {
      readCovered(sample, z + marginVox[0], row, {
        to,
        at: z * area,
        isLinear: options.imageOrder === 1,
      });
    } else {
      read(to, z * area);
    }
  }
  return { ...sample, ...to, inside: wholeBox(shapeVox) };
}

function makeRow(length: number): PlaceRow {
  return {
    z: new Float64Array(length),
    y: new Float64Array(length),
    x: new Float64Array(length),
  };
}

/** Copies places, moved by as much. */
function setMoved(to: Float64Array, from: Float64Array, byVox: number): void {
  for (let i = 0; i < to.length; i++) to[i] = from[i]! + byVox;
}

/** Whether section `z` comes from the volume. */
function hasSection({ startVox, shapeVox }: Box, z: number): boolean {
  return z >= startVox[0] && z < startVox[0] + shapeVox[0];
}

/** Whether every place has voxels of the volume around it in its section. */
function surrounds({ startVox, shapeVox }: Box, { y, x }: PlaceRow): boolean {
  const isWithin = (places: Float64Array, axis: 1 | 2) => {
    const first = startVox[axis], last = first + shapeVox[axis] - 1;
    for (let i = 0; i < places.length; i++) {
      if (!(places[i]! >= first && places[i]! < last)) return false;
    }
    return true;
  };
  return isWithin(y, 1) && isWithin(x, 2);
}

/**
 * Reads grey values and labels at the places that `row` holds at the time, to
 * index `at` on, wherever they lie.
 */
function openReader(
  sample: Sample,
  row: PlaceRow,
  options: ReadPlacesOptions,
): (to: Patch, at: number) => void {
  const { inside, shapeVox, target, mask } = sample;
  const { outside, outsideLabelled, labelOrder } = options;
  const length = row.x.length;
  const isMirrored = outside === "reflect" || outside === "mirror";
  const reachable = isMirrored ? makeRow(length) : row;
  const labelled = outsideLabelled ? reachable : row;
  const readImage = options.imageOrder === 3
    ? openSplines(sample, row, options)
    : openImage(sample, reachable, options);
  const index = new Int32Array(length);
  const beyond = outsideLabelled ? 1 : 0;
  const shares = new Float32Array(labelOrder === 1 ? length : 0);
  const targetShares = Float32Array.from(labelOrder === 1 ? target : []);
  return (to, at) => {
    if (isMirrored) mirrorPlaces(row, inside, outside, reachable);
    readImage(to.image.subarray(at, at + length));
    findNearest(labelled, inside, shapeVox, { mirrors: false, index });
    for (let i = 0; i < length; i++) {
      const from = index[i]!;
      to.target[at + i] = from < 0 ? 0 : target[from]!;
      to.mask[at + i] = from < 0 ? beyond : mask[from]!;
    }
    if (labelOrder === 0) return;
    const linear = { outside: 0, to: shares };
    readLinear(targetShares, labelled, inside, shapeVox, linear);
    for (let i = 0; i < length; i++) to.target[at + i] = shares[i]! > 0 ? 1 : 0;
  };
}

/** Reads grey values at the places that `row` holds at the time. */
function openImage(
  sample: Sample,
  row: PlaceRow,
  options: ReadPlacesOptions,
): (to: Float32Array) => void {
  const { image, inside, shapeVox } = sample;
  const outside = valueBeyond(sample, options);
  if (options.imageOrder === 1) {
    return (to) => readLinear(image, row, inside, shapeVox, { outside, to });
  }
  const index = new Int32Array(row.x.length);
  return (to) => {
    findNearest(row, inside, shapeVox, { mirrors: false, index });
    for (let i = 0; i < to.length; i++) {
      to[i] = index[i]! < 0 ? outside : image[index[i]!]!;
    }
  };
}
