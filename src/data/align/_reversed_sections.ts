import {
  alignedWindow,
  copyShared,
  type Plane,
  reverseRepair,
  sharedWindow,
  type Voxels,
  type Window,
  type Yx,
} from "@/align/mod.ts";
import { ExperimentError, mapZyx, sizeOf, type Zyx } from "@/core/mod.ts";
import { placeOf } from "../volume/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";
import { emptyPlane, sectionsFrom } from "./_file.ts";
import type { Crack } from "./crack.ts";
import type { AlignmentRecord } from "./record.ts";

/** A volume of an aligned file, and where it belongs. */
export interface Way {
  readonly aligned: VoxelArray;
  /** What it is called: a pyramid has the name of all its levels. */
  readonly name: string;
  /** Its first voxel, counted in the aligned volume. */
  readonly alignedVox: Zyx;
  /** Where it goes: counted in the grey values that were aligned. */
  readonly startVox: Zyx;
  readonly shapeVox: Zyx;
  readonly offsetNm: Zyx | null;
}

/**
 * Where a volume of an aligned file belongs.
 *
 * @throws {ExperimentError} If it is no part of what was aligned.
 */
export function wayOf(
  aligned: VoxelArray,
  { name, record, where }: {
    readonly name: string;
    readonly record: AlignmentRecord;
    /** The file, for errors. */
    readonly where: string;
  },
): Way {
  const { frame, block, voxelNm, offsetNm } = record;
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot reverse "${name}": ${why}`, {
      where,
      fix,
    });
  const origin: Zyx = [frame.firstSection, ...frame.origin];
  const known = record.datasets[name];
  const { startVox: at, isOnVoxel } = placeOf(
    { offsetNm: aligned.offsetNm ?? [0, 0, 0] },
    { offsetNm, voxelNm },
  );
  const alignedVox = mapZyx((axis) => at[axis] - origin[axis]);
  const isWithin = isOnVoxel &&
    alignedVox.every((start, axis) =>
      start >= 0 && start + aligned.shapeVox[axis]! <= frame.shapeVox[axis]!
    );
  if (!isWithin) {
    throw refuse(
      `its ${aligned.shapeVox.join(" × ")} voxels from ${
        (aligned.offsetNm ?? [0, 0, 0]).join(", ")
      } nm are no part of the aligned volume of ${frame.shapeVox.join(" × ")}`,
      "Name the file that it was aligned with by --by, or correct its offset",
    );
  }
  return {
    ...{ aligned, name },
    alignedVox,
    startVox: known?.startVox ?? block.startVox,
    shapeVox: known?.shapeVox ?? block.shapeVox,
    offsetNm: known
      ? known.offsetNm
      : mapZyx((a) => offsetNm[a] + block.startVox[a] * voxelNm[a]),
  };
}

/**
 * The sections of a volume as they were before it was aligned, and in `count` how
 * many voxels of them the aligned one does not have, once all are taken.
 */
export function* reversedSections(
  { aligned, name, alignedVox, startVox, shapeVox }: Way,
  { record: { frame, cracks }, count }: {
    readonly record: AlignmentRecord;
    readonly count: { missingVox: number };
  },
): Generator<Voxels> {
  const [depth, height, width] = shapeVox;
  const [, rows, columns] = aligned.shapeVox;
  const window = {
    startVox: [startVox[1], startVox[2]],
    shapeVox: [height, width],
  } as const;
  const first = startVox[0] - frame.firstSection - alignedVox[0];
  const sections = sectionsFrom(aligned, {
    first: Math.max(0, first),
    end: aligned.shapeVox[0],
  });
  let like: Voxels | undefined;
  count.missingVox = sizeOf(shapeVox);
  for (let z = 0; z < depth; z++) {
    const section = startVox[0] + z - frame.firstSection;
    const within = first + z;
    const isThere = within >= 0 && within < aligned.shapeVox[0];
    const voxels = isThere ? sections.next().value as Voxels : undefined;
    like ??= voxels ?? firstVoxel(aligned);
    const plane = emptyPlane(name, { like, ...window });
    if (voxels) {
      const [top, left] = alignedWindow(frame, section).startVox;
      const found: Plane<Voxels> = {
        startVox: [top + alignedVox[1], left + alignedVox[2]],
        shapeVox: [rows, columns],
        voxels,
      };
      const crack = cracks.find((one) => one.section === section);
      const { from, known } = crack
        ? tornAgain(name, found, { crack, corner: [top, left] })
        : { from: found, known: undefined };
      copyShared(from, { ...window, voxels: plane });
      count.missingVox -= sharedVoxels(from, window, known);
    }
    yield plane;
  }
}

/** A section as it was torn: what its parts say goes back, of the crack nothing is known. */
function tornAgain(
  name: string,
  found: Plane<Voxels>,
  { crack, corner }: { readonly crack: Crack; readonly corner: Yx },
): { readonly from: Plane<Voxels>; readonly known: Uint8Array } {
  const { shapeVox } = crack, like = found.voxels;
  const window = { startVox: corner, shapeVox };
  const whole = emptyPlane(name, { like, shapeVox });
  copyShared(found, { ...window, voxels: whole });
  const ones = new Uint8Array(whole.length).fill(1);
  const known = reverseRepair(ones, crack).voxels;
  const { voxels } = reverseRepair(whole, crack);
  const empty = emptyPlane(name, { like, shapeVox });
  known.forEach((isKnown, i) => {
    if (!isKnown) voxels[i] = empty[i]!;
  });
  return { from: { ...window, voxels }, known };
}

/** Voxels of a window that a plane has, and knows if it says of which it does. */
function sharedVoxels(
  from: Plane<Voxels>,
  window: Window,
  known: Uint8Array | undefined,
): number {
  if (!known) {
    const [rows, columns] = sharedWindow(from, window)?.shapeVox ?? [0, 0];
    return rows * columns;
  }
  const [height, width] = window.shapeVox;
  const shared = new Uint8Array(height * width);
  copyShared({ ...from, voxels: known }, { ...window, voxels: shared });
  return shared.reduce((sum, value) => sum + value, 0);
}

/** A voxel of a dataset, for its type. */
function firstVoxel(dataset: VoxelArray): Voxels {
  return dataset.read({ startVox: [0, 0, 0], shapeVox: [1, 1, 1] });
}
