import { ExperimentError, type Zyx } from "@/core/mod.ts";
import {
  containerForm,
  createContainer,
  formByName,
  openContainer,
} from "../container/mod.ts";
import { locationsName } from "../cremi/layout.ts";
import {
  createHdf5,
  type DatasetPlan,
  type Hdf5File,
  openHdf5,
} from "../hdf5/mod.ts";
import type { VoxelArray, VoxelContainer } from "../voxels/mod.ts";
import {
  appendSections,
  copyOthers,
  unmovedAttributes,
  volumesOf,
} from "./_file.ts";
import { reversedSections, wayOf } from "./_reversed_sections.ts";
import { movedPoints } from "./points.ts";
import {
  type AlignmentRecord,
  isOfRecord,
  readRecord,
  unknownWay,
} from "./record.ts";

/** What to bring back, and where to. */
export interface ReverseRequest {
  /** An aligned file, or a prediction of one in any form. */
  readonly path: string;
  /** The aligned file that says how, if the file itself does not. */
  readonly by?: string | undefined;
  /** The file or folder to write, in the form that its name stands for. */
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

/**
 * Undoes an alignment (techniques A8.5): each volume gets the extent it had, a
 * prediction that of the part which was aligned whole. What labels had there
 * comes back to the bit. Points, tables and comments go from HDF5 to HDF5 alone.
 * The file appears whole or not at all.
 *
 * @throws {ExperimentError} If no file says how it was aligned, or it is of
 * another one.
 */
export async function reverseFile(
  { path, by, output, signal, notify }: ReverseRequest,
): Promise<ReversedFile> {
  using opened = new DisposableStack();
  const hdf5 = containerForm(path) === "hdf5"
    ? opened.use(await openHdf5(path, path))
    : null;
  const file = hdf5 ?? opened.use(await openContainer(path, path));
  const record = await recordOf(hdf5, { path, by });
  const ways = (hdf5 ? volumesOf(hdf5) : arraysOf(file)).map((name) =>
    wayOf(file.dataset(name), { name, record, where: path })
  );
  if (ways.length === 0) {
    throw new ExperimentError(`Cannot reverse "${path}": it has no volume`, {
      where: path,
      fix: "Name a file with volumes/…, three axes each",
    });
  }
  const isHdf5 = formByName(output) === "hdf5";
  const { to, points, notes } = hdf5 && isHdf5
    ? await beginHdf5(hdf5, { output, record })
    : { to: await createContainer(output), points: 0, notes: leftOut(hdf5) };
  opened.use(to);
  const volumes: Record<string, { shapeVox: Zyx; missingVox: number }> = {};
  for (const way of ways) {
    const { aligned, name, shapeVox, offsetNm } = way;
    const count = { missingVox: 0 };
    notify?.(`Bringing back ${shapeVox[0]} sections of ${name}`);
    appendSections<DatasetPlan>(to, {
      name,
      plan: {
        shapeVox,
        ...offsetNm && { offsetNm },
        ...hdf5 && isHdf5
          ? { copied: unmovedAttributes(hdf5, name) }
          : plainAttributes(aligned),
      },
      sections: reversedSections(way, { record, count }),
      signal,
    });
    volumes[name] = { shapeVox, ...count };
  }
  to.commit();
  return { path: to.path, volumes, points, notes };
}

/** The arrays of a folder below volumes/, pyramids by the name of all levels. */
function arraysOf({ names }: VoxelContainer): readonly string[] {
  const volumes = names.filter((name) => name.startsWith("volumes/"));
  return [...new Set(volumes.map((name) => name.replace(/\/s?\d+$/, "")))];
}

/** Begins an HDF5 file with all that another has besides volumes. */
async function beginHdf5(
  file: Hdf5File,
  { output, record }: {
    readonly output: string;
    readonly record: AlignmentRecord;
  },
) {
  const { frame, voxelNm, offsetNm, cracks } = record;
  const points = file.has(locationsName)
    ? movedPoints(file, {
      ...{ frame, voxelNm, offsetNm, cracks },
      where: file.path,
      direction: "reverse",
    })
    : undefined;
  using making = new DisposableStack();
  const to = making.use(await createHdf5(output));
  const notes = copyOthers(file, to);
  if (points) to.table(locationsName, points);
  making.move();
  return { to, points: points?.shape[0] ?? 0, notes };
}

/** What only HDF5 keeps, a sentence each. */
function leftOut(file: Hdf5File | null): readonly string[] {
  if (!file) return [];
  const volumes = new Set(volumesOf(file));
  return file.names
    .filter((name) => !volumes.has(name) && !isOfRecord(name))
    .map((name) => `"${name}" is left out: name an output .hdf to keep it`);
}

/** What any form keeps of an array besides its numbers and its place. */
function plainAttributes(array: VoxelArray): Partial<DatasetPlan> {
  const { resolutionNm, attributeNames } = array;
  return {
    ...resolutionNm && { resolutionNm },
    attributes: Object.fromEntries(
      attributeNames.flatMap((name) => {
        const value = array.attribute(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

async function recordOf(
  file: Hdf5File | null,
  { path, by }: { readonly path: string; readonly by: string | undefined },
): Promise<AlignmentRecord> {
  if (by !== undefined) {
    using aligned = await openHdf5(by, `--by ${by}`);
    return readRecord(aligned, `--by ${by}`);
  }
  if (file) return readRecord(file, path);
  const why = `only HDF5 says that of itself`;
  throw unknownWay({ path }, { where: path, why });
}
