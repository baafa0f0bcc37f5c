import {
  type AlignedFrame,
  alignedWindow,
  copyShared,
  mirroredAround,
  regionsOf,
  type Repair,
  repairLabels,
  repairSection,
  type Voxels,
} from "@/align/mod.ts";
import type { Box, Zyx } from "@/core/mod.ts";
import type { Hdf5Dataset } from "../hdf5/mod.ts";
import { greyReader } from "../source/_grey.ts";
import { placeLabels } from "../source/_stored_volume.ts";
import { type DatasetGrid, gridOf } from "../source/_resolution.ts";
import { emptyPlane, sectionsFrom } from "./_file.ts";
import { cleftsName, rawName } from "../cremi/layout.ts";

/** A volume of a file, and where it lies in the grey values. */
export interface PlacedVolume {
  readonly dataset: Hdf5Dataset;
  readonly startVox: Zyx;
}

/**
 * A volume in the grid of the grey values.
 *
 * @throws {ExperimentError} If it does not fit.
 */
export function placeVolume(
  dataset: Hdf5Dataset,
  { grid, where }: { readonly grid: DatasetGrid; readonly where: string },
): PlacedVolume {
  const own = gridOf(dataset, { where, like: grid });
  return { dataset, startVox: placeLabels(own, { raw: grid, where }) };
}

/** The part of the grey values that has clefts, or else other labels. */
export function labelledBox(
  volumes: readonly PlacedVolume[],
): Box | undefined {
  const labels = volumes.find(({ dataset }) => dataset.name === cleftsName) ??
    volumes.find(({ dataset }) => dataset.name.startsWith("volumes/labels/"));
  return labels &&
    { startVox: labels.startVox, shapeVox: labels.dataset.shapeVox };
}

/** The aligned grey values, from 0 to 1, a section at a time. */
export function alignedGreys(
  raw: Hdf5Dataset,
  { frame, where }: { readonly frame: AlignedFrame; readonly where: string },
): (section: number) => Float32Array {
  const grey = greyReader(raw, where);
  const [, height, width] = raw.shapeVox;
  return (section) => {
    const voxels = grey(raw.read({
      startVox: [frame.firstSection + section, 0, 0],
      shapeVox: [1, height, width],
    }));
    return mirroredAround(
      { startVox: [0, 0], shapeVox: [height, width], voxels },
      alignedWindow(frame, section),
    );
  };
}

/** How the sections of a volume are aligned, and those that are torn repaired. */
export interface SectionWay {
  readonly frame: AlignedFrame;
  /** Repairs by aligned section. */
  readonly repairs: ReadonlyMap<number, Repair>;
  /** The good sections before and behind a torn one. */
  neighbours(section: number): readonly [Float32Array, Float32Array];
  /** Aligned grey values of a section. */
  greys(section: number): Float32Array;
  /** Sections of the grey values from which on and up to which are kept. */
  readonly first: number;
  readonly end: number;
}

/** The sections of a volume as the aligned one has them, lowest first. */
export function* alignedSections(
  { dataset, startVox }: PlacedVolume,
  way: SectionWay,
): Generator<Voxels> {
  const { frame, first, end, repairs } = way;
  const [z0, y0, x0] = startVox, [, height, width] = dataset.shapeVox;
  let z = first;
  const kept = { first: first - z0, end: end - z0 };
  for (const voxels of sectionsFrom(dataset, kept)) {
    const section = z++ - frame.firstSection;
    const window = alignedWindow(frame, section);
    const repair = repairs.get(section);
    const from = {
      startVox: [y0, x0],
      shapeVox: [height, width],
      voxels,
    } as const;
    if (dataset.name === rawName) {
      yield repair
        ? stored(repaired(section, repair, way), voxels)
        : mirroredAround(from, window);
      continue;
    }
    const plane = emptyPlane(dataset.name, { like: voxels, ...window });
    copyShared(from, { ...window, voxels: plane });
    yield repair ? repairedLabels(dataset.name, plane, repair) : plane;
  }
}

function repaired(
  section: number,
  repair: Repair,
  { greys, neighbours }: SectionWay,
): Float32Array {
  const [before, after] = neighbours(section);
  return repairSection({ plane: greys(section), before, after }, repair);
}

/** Labels of a repaired section; what was filled is as what lies beyond the file. */
function repairedLabels(name: string, plane: Voxels, repair: Repair): Voxels {
  const labels = repairLabels(plane, repair);
  const regions = regionsOf(repair);
  const empty = emptyPlane(name, { like: plane, shapeVox: repair.shapeVox });
  regions.forEach((region, i) => {
    if (region === 0) labels[i] = empty[i]!;
  });
  return labels;
}

/** Grey values from 0 to 1 as a file keeps them. */
function stored(greys: Float32Array, like: Voxels): Voxels {
  const white = like instanceof Uint8Array
    ? 255
    : like instanceof Uint16Array
    ? 65535
    : undefined;
  const Type = like.constructor as new (n: number) => Float32Array;
  const result = new Type(greys.length);
  for (let i = 0; i < greys.length; i++) {
    result[i] = white ? Math.round(white * greys[i]!) : greys[i]!;
  }
  return result;
}
