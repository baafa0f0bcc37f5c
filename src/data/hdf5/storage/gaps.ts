import type { FileBytes } from "./bytes.ts";
import { chunksInExtensibleArray, chunksInFixedArray } from "./chunk_array.ts";
import { chunksInTree } from "./chunk_tree.ts";
import type { Layout } from "./layout.ts";

/** What of a dataset was never written, and reads as its fill value. */
export interface Gaps {
  /** Chunks that are missing; all of it counts as one where there are none. */
  readonly missing: number;
  /** Chunks it should have. */
  readonly chunks: number;
  /** The first voxel of the first that is missing, where that is known. */
  readonly startVox: readonly number[] | undefined;
}

/** How large a dataset is. */
export interface Extents {
  readonly shape: readonly number[];
  /** The largest it can grow to; 2^64 and more for no bound. */
  readonly maxshape: readonly number[];
  readonly chunks: readonly number[];
}

/** Of more chunks than this, how many are missing is said, not which. */
const mostPlaces = 1 << 24;

/** Finds the chunks of a dataset that were never written; undefined if none. */
export function gapsOf(
  file: FileBytes,
  { layout, ...extents }: Extents & { readonly layout: Layout },
): Gaps | undefined {
  if (layout.type === "contiguous" && layout.address === undefined) {
    return { missing: 1, chunks: 1, startVox: undefined };
  }
  if (layout.type !== "chunked" || layout.index === "implicit") {
    return undefined;
  }
  const { shape, chunks } = extents;
  const counts = shape.map((n, axis) => Math.ceil(n / chunks[axis]!));
  const total = counts.reduce((product, n) => product * n, 1);
  if (layout.address === undefined) {
    return { missing: total, chunks: total, startVox: shape.map(() => 0) };
  }
  if (layout.index === "single") return undefined;
  if (layout.index === "tree2") return treeGaps(file, layout.address, total);
  const there = new Uint8Array(total > mostPlaces ? 0 : total);
  let written = 0;
  for (const place of placesOf(file, layout.address, layout.index, extents)) {
    if (place.some((k, axis) => k >= counts[axis]!)) continue; // cut off since
    written++;
    there[place.reduce((at, k, axis) => at * counts[axis]! + k, 0)] = 1;
  }
  if (written >= total) return undefined;
  const first = there.indexOf(0);
  return {
    missing: total - written,
    chunks: total,
    startVox: first === -1
      ? undefined
      : placeOf(first, counts).map((k, axis) => k * chunks[axis]!),
  };
}

/** The places, counted in chunks, of all chunks in an index. */
function* placesOf(
  file: FileBytes,
  address: number,
  index: "tree" | "fixed" | "extensible",
  { shape, maxshape, chunks }: Extents,
): Generator<readonly number[]> {
  if (index === "tree") {
    for (const start of chunksInTree(file, { address, rank: shape.length })) {
      yield start.map((at, axis) => Math.floor(at / chunks[axis]!));
    }
    return;
  }
  const most = maxshape.map((n, axis) => Math.ceil(n / chunks[axis]!));
  if (index === "fixed") {
    for (const n of chunksInFixedArray(file, address)) yield placeOf(n, most);
    return;
  }
  const growing = maxshape.findIndex((n) => n >= 2 ** 63);
  const others = most.filter((_, axis) => axis !== growing);
  for (const n of chunksInExtensibleArray(file, address)) {
    const [slowest, ...rest] = placeOf(n, [Infinity, ...others]);
    yield rest.toSpliced(growing, 0, slowest!);
  }
}

/** A version 2 B-tree says in its header how many chunks it has. */
function treeGaps(
  file: FileBytes,
  address: number,
  chunks: number,
): Gaps | undefined {
  const { address: addressBytes, length: lengthBytes } = file.widths;
  const head = file.read(address, 18 + addressBytes + lengthBytes).expect(
    "BTHD",
  );
  const written = head.skip(14 + addressBytes).length();
  return written < chunks
    ? { missing: chunks - written, chunks, startVox: undefined }
    : undefined;
}

/** The place of the nth element of an array, the last axis fastest. */
function placeOf(n: number, extents: readonly number[]): number[] {
  const place: number[] = [];
  for (const extent of extents.toReversed()) {
    place.unshift(extent === Infinity ? n : n % extent);
    n = extent === Infinity ? 0 : Math.floor(n / extent);
  }
  return place;
}
