import {
  arenaArray,
  type Box,
  cropped,
  enterArena,
  floatsOf,
  inArena,
  inScratch,
  linearAt,
  mapZyx,
  nearestVoxels,
  type Patch,
  type PlaceArrays,
  type Sample,
  sizeOf,
  taken,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { mirrorPlaces } from "./_mirror_places.ts";
import { type Outside, valueBeyond } from "./_outside.ts";
import { isAtRest, type Places, placesOf } from "./_places.ts";
import { openSplines } from "./_read_splines.ts";
import { openTrace } from "./_traced.ts";

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
  { shapeVox, places }: { readonly shapeVox: Zyx; readonly places: Places },
  options: ReadPlacesOptions,
): Sample {
  const patch = inArena(() => readPatch(sample, shapeVox, places, options));
  return { ...sample, ...patch, inside: wholeBox(shapeVox) };
}

function readPatch(
  sample: Sample,
  shapeVox: Zyx,
  places: Places,
  options: ReadPlacesOptions,
): Patch & Pick<Sample, "partners"> {
  const [depth, height, width] = shapeVox;
  const area = height * width, isAlike = places.y.length === area;
  const [front, top, left] = mapZyx((axis) =>
    (sample.shapeVox[axis] - shapeVox[axis]) / 2
  );
  const patch: Patch = {
    image: arenaArray(Float32Array, sizeOf(shapeVox)), // [D, H, W]
    target: arenaArray(Uint8Array, sizeOf(shapeVox)), // [D, H, W]
    mask: arenaArray(Uint8Array, sizeOf(shapeVox)), // [D, H, W]
    shapeVox,
  };
  const at = { // a section at a time, in voxels of the sample
    z: arenaArray(Float64Array, area),
    y: arenaArray(Float64Array, area),
    x: arenaArray(Float64Array, area),
  };
  const read = openReader(sample, at, options);
  const trace = openTrace(sample, { shapeVox, labels: options });
  for (let z = 0, rests = false; z < depth; z++) {
    const section = placesOf(places, { section: z, shapeVox });
    if (z === 0 || !isAlike) {
      rests = isAtRest(section, width);
      setMoved(at.y, section.y, top);
      setMoved(at.x, section.x, left);
    }
    if (section.z) setMoved(at.z, section.z, front + z);
    else at.z.fill(front + z);
    const to = sectionOf(patch, z);
    const box: Box = {
      startVox: [front + z, top, left],
      shapeVox: [1, height, width],
    };
    inScratch(() => {
      if (rests) copySection(sample, box, to);
      else read(to);
      trace.read(z, at);
    });
  }
  return { ...patch, ...trace.traced };
}

/** Copies places, moved by as much. */
function setMoved(to: Float64Array, from: Float64Array, byVox: number): void {
  for (let i = 0; i < to.length; i++) to[i] = from[i]! + byVox;
}

/** What is known of a section; views of a patch. */
type Section = Pick<Patch, "image" | "target" | "mask">;

function sectionOf({ image, target, mask, shapeVox }: Patch, z: number) {
  const area = shapeVox[1] * shapeVox[2], from = z * area, to = from + area;
  return {
    image: image.subarray(from, to),
    target: target.subarray(from, to),
    mask: mask.subarray(from, to),
  };
}

function copySection(from: Patch, box: Box, to: Section): void {
  to.image.set(cropped(from.image, from.shapeVox, box));
  to.target.set(cropped(from.target, from.shapeVox, box));
  to.mask.set(cropped(from.mask, from.shapeVox, box));
}

/** Reads a section at the places that `at` holds at the time. */
function openReader(
  sample: Sample,
  at: PlaceArrays,
  options: ReadPlacesOptions,
): (to: Section) => void {
  const { outside, outsideLabelled, imageOrder, labelOrder } = options;
  const image = enterArena(sample.image);
  const target = enterArena(sample.target), mask = enterArena(sample.mask);
  const shares = labelOrder === 1 ? floatsOf(target) : undefined;
  const beyond = valueBeyond(sample, options);
  const mirrors = outside === "reflect";
  const readSplines = openSplines(sample, { places: at, options });
  return (to) => {
    const reachable = outside === "mirror"
      ? mirrorPlaces(at, sample.inside)
      : at;
    if (imageOrder === 3) {
      readSplines(to.image);
    } else if (imageOrder === 1) {
      const outside = mirrors ? null : beyond;
      linearAt(image, sample, reachable, { outside, to: to.image });
    } else {
      const index = nearestVoxels(sample, reachable, { mirrors });
      taken(image, index, beyond, to.image);
    }
    const labelled = outsideLabelled ? reachable : at;
    const index = nearestVoxels(sample, labelled, {
      mirrors: mirrors && outsideLabelled,
    });
    taken(mask, index, outsideLabelled ? 1 : 0, to.mask);
    if (!shares) {
      taken(target, index, 0, to.target);
      return;
    }
    const linear = linearAt(shares, sample, labelled, {
      outside: mirrors && outsideLabelled ? null : 0,
    });
    for (let i = 0; i < linear.length; i++) {
      to.target[i] = linear[i]! > 0 ? 1 : 0;
    }
  };
}
