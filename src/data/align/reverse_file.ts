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
import { locationsName } from "../cremi/layout.ts";
import {
  createHdf5,
  type Hdf5Dataset,
  type Hdf5File,
  openHdf5,
} from "../hdf5/mod.ts";
import { placeOf } from "../volume/mod.ts";
import {
  appendSections,
  copyOthers,
  emptyPlane,
  sectionsFrom,
  unmovedAttributes,
  volumesOf,
} from "./_file.ts";
import type { Crack } from "./crack.ts";
import { movedPoints } from "./points.ts";
import { type AlignmentRecord, readRecord } from "./record.ts";

/** What to bring back, and where to. */
export interface ReverseRequest {
  /** An aligned file, or a prediction of one. */
  readonly path: string;
  /** The aligned file that says how, if the file itself does not. */
  readonly by?: string | undefined;
  /** The file to write. */
  readonly output: string;
  /** Stops it; nothing is written then. */
  readonly signal?: AbortSignal | undefined;
  /** Told what takes long as it begins. */
  notify?(line: string): void;
}

/** What was written. */
export interface ReversedFile {
  /** Its path. */
  readonly path: string;
  /** Each volume, its extent, and voxels of it that the aligned file did not have. */
  readonly volumes: Readonly<
    Record<string, { readonly shapeVox: Zyx; readonly missingVox: number }>
  >;
  /** How many points went back with their sections. */
  readonly points: number;
  /** What a user should know. */
  readonly notes: readonly string[];
}

/** A volume of an aligned file, and where it belongs. */
interface Way {
  readonly aligned: Hdf5Dataset;
  /** Its first voxel, counted in the aligned volume. */
  readonly alignedVox: Zyx;
  /** Where it goes: counted in the grey values that were aligned. */
  readonly startVox: Zyx;
  readonly shapeVox: Zyx;
  readonly offsetNm: Zyx | null;
}

/**
 * Undoes an alignment (techniques A8.5): each volume gets the extent it had, a
 * prediction that of the part which was aligned whole. What labels had there
 * comes back to the bit. The file appears whole or not at all.
 *
 * @throws {ExperimentError} If no file says how it was aligned, or it is of
 * another one.
 */
export async function reverseFile(
  { path, by, output, signal, notify }: ReverseRequest,
): Promise<ReversedFile> {
  using file = await openHdf5(path, path);
  const record = await recordOf(file, by);
  const { frame, voxelNm, offsetNm } = record;
  const ways = volumesOf(file).map((name) =>
    wayOf(file.dataset(name), record, path)
  );
  if (ways.length === 0) {
    throw new ExperimentError(`Cannot reverse "${path}": it has no volume`, {
      where: path,
      fix: "Name a file with volumes/…, three axes each",
    });
  }
  const points = file.has(locationsName)
    ? movedPoints(file, {
      ...{ frame, voxelNm, offsetNm, cracks: record.cracks },
      where: path,
      direction: "reverse",
    })
    : undefined;
  using to = await createHdf5(output);
  const notes = copyOthers(file, to);
  if (points) to.table(locationsName, points);
  const volumes: Record<string, { shapeVox: Zyx; missingVox: number }> = {};
  for (const way of ways) {
    const { name } = way.aligned;
    const count = { missingVox: 0 };
    notify?.(`Bringing back ${way.shapeVox[0]} sections of ${name}`);
    appendSections(to, {
      name,
      shapeVox: way.shapeVox,
      ...(way.offsetNm && { offsetNm: way.offsetNm }),
      copied: unmovedAttributes(file, name),
      sections: reversedSections(way, record, count),
      signal,
    });
    volumes[name] = { shapeVox: way.shapeVox, ...count };
  }
  to.commit();
  return { path: to.path, volumes, points: points?.shape[0] ?? 0, notes };
}

async function recordOf(
  file: Hdf5File,
  by: string | undefined,
): Promise<AlignmentRecord> {
  if (by === undefined) return readRecord(file, file.path);
  using aligned = await openHdf5(by, `--by ${by}`);
  return readRecord(aligned, `--by ${by}`);
}

function wayOf(
  aligned: Hdf5Dataset,
  record: AlignmentRecord,
  where: string,
): Way {
  const { frame, block, voxelNm, offsetNm } = record;
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot reverse "${aligned.name}": ${why}`, {
      where,
      fix,
    });
  const origin: Zyx = [frame.firstSection, ...frame.origin];
  const known = record.datasets[aligned.name];
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
    aligned,
    alignedVox,
    startVox: known?.startVox ?? block.startVox,
    shapeVox: known?.shapeVox ?? block.shapeVox,
    offsetNm: known
      ? known.offsetNm
      : mapZyx((a) => offsetNm[a] + block.startVox[a] * voxelNm[a]),
  };
}

function* reversedSections(
  { aligned, alignedVox, startVox, shapeVox }: Way,
  { frame, cracks }: AlignmentRecord,
  count: { missingVox: number },
): Generator<Voxels> {
  const [depth, height, width] = shapeVox;
  const [, rows, columns] = aligned.shapeVox, { name } = aligned;
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
function firstVoxel(dataset: Hdf5Dataset): Voxels {
  return dataset.read({ startVox: [0, 0, 0], shapeVox: [1, 1, 1] });
}
