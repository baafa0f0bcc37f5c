import type { Box } from "@/core/mod.ts";
import type { Voxels, Window } from "@/align/mod.ts";
import { cleftsName, locationsName } from "../cremi/layout.ts";
import type { Hdf5Attributes, Hdf5File, Hdf5Writer } from "../hdf5/mod.ts";
import { type ArrayPlan, bytesOf, type VoxelArray } from "../voxels/mod.ts";
import { isOfRecord } from "./record.ts";

/** What a file has besides volumes is copied up to this size. */
const mostCopied = 1 << 24;

/** About this many bytes of sections are in memory at a time. */
const bytesAtOnce = 1 << 26;

/** The names of volumes: datasets of three axes that move with the sections. */
export function volumesOf(file: Hdf5File): readonly string[] {
  return file.names.filter((name) =>
    name.startsWith("volumes/") && file.shape(name).length === 3
  );
}

/**
 * Copies what does not move with the sections, attributes of groups included.
 *
 * @returns What was left out, a sentence each.
 */
export function copyOthers(from: Hdf5File, to: Hdf5Writer): string[] {
  const left: string[] = [];
  for (const group of ["", ...from.groups]) {
    if (!isOfRecord(group)) to.attributes(group, from.attributes(group));
  }
  const moving = new Set([...volumesOf(from), locationsName]);
  for (const name of from.names) {
    if (moving.has(name) || isOfRecord(name)) continue;
    const count = from.shape(name).reduce((n, extent) => n * extent, 1);
    const table = count <= mostCopied ? from.table(name) : undefined;
    if (table) to.table(name, table);
    else {
      left.push(
        `"${name}" is left out: it is neither below volumes/ nor a table of ` +
          "numbers or texts",
      );
    }
  }
  return left;
}

/** How many sections of some bytes are read or written at a time. */
export function sectionsAtOnce(sectionBytes: number): number {
  const most = Math.floor(bytesAtOnce / sectionBytes);
  return Math.max(1, most > 4 ? most - most % 4 : most); // ends where chunks do
}

/** Sections of a chunk, so that those written at a time fill whole ones. */
export function chunkSectionsFor(sectionBytes: number): number {
  return Math.min(4, sectionsAtOnce(sectionBytes));
}

/** Sections of a dataset one after the other, several read at a time. */
export function* sectionsFrom(
  dataset: VoxelArray,
  { first, end }: { readonly first: number; readonly end: number },
): Generator<Voxels> {
  const [, height, width] = dataset.shapeVox;
  const size = height * width, bytes = bytesOf(dataset.kind);
  for (let z = first; z < end;) {
    const count = Math.min(end - z, sectionsAtOnce(bytes * size));
    const box: Box = { startVox: [z, 0, 0], shapeVox: [count, height, width] };
    const voxels = dataset.read(box);
    for (let k = 0; k < count; k++) {
      yield voxels.slice(k * size, (k + 1) * size) as Voxels;
    }
    z += count;
  }
}

/** Appends sections to a new array of a file or folder, several at a time. */
export function appendSections<Plan extends ArrayPlan>(
  file: {
    dataset(name: string, plan: Plan): (sections: Voxels) => number;
  },
  { name, plan, sections, signal }: {
    readonly name: string;
    readonly plan: Plan;
    readonly sections: Iterable<Voxels>;
    readonly signal: AbortSignal | undefined;
  },
): void {
  const [depth, height, width] = plan.shapeVox;
  const size = height * width;
  let append: ((sections: Voxels) => number) | undefined;
  let waiting: Voxels | undefined, count = 0, done = 0;
  for (const section of sections) {
    signal?.throwIfAborted();
    const atOnce = chunkSectionsFor(section.BYTES_PER_ELEMENT * size);
    append ??= file.dataset(name, { ...plan, chunkSections: atOnce });
    const Type = section.constructor as new (n: number) => Voxels;
    waiting ??= new Type(Math.min(atOnce, depth - done) * size);
    waiting.set(section as never, count++ * size);
    if (count * size < waiting.length) continue;
    append(waiting);
    done += count;
    count = 0;
    waiting = undefined;
  }
}

/** Attributes of a dataset but those that say where it begins. */
export function unmovedAttributes(
  file: Hdf5File,
  name: string,
): Hdf5Attributes {
  const { offset: _, ...others } = file.attributes(name);
  return others;
}

/** CREMI's mark of what is not known. */
const unknown = 0xfffffffffffffffen;

/** What labels have where nothing is known, and predictions where nothing was said. */
export function emptyPlane(
  name: string,
  { like, shapeVox }: Pick<Window, "shapeVox"> & { readonly like: Voxels },
): Voxels {
  const Type = like.constructor as new (n: number) => Voxels;
  const voxels = new Type(shapeVox[0] * shapeVox[1]);
  if (name !== cleftsName) return voxels;
  if (voxels instanceof BigUint64Array) return voxels.fill(unknown);
  if (voxels instanceof BigInt64Array) return voxels.fill(-2n);
  return voxels;
}
