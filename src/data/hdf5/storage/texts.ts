import { type FileBytes, StructureError } from "./bytes.ts";
import { layoutOf } from "./layout.ts";
import { dataLayout, messagesOf } from "./object_header.ts";
import type { StoredDataset } from "./storage.ts";
import { openBytes } from "./superblock.ts";

/** Texts that are looked at, at most. */
const most = 1 << 20;

/**
 * What is wrong with where the texts of a dataset lie, each of any length, in a
 * heap of the file; undefined if nothing is, or if that cannot be told, as of
 * texts in chunks. HDF5 does not come back from some of it.
 */
export function faultOfTexts(
  { path, signatureAt, address, shape }: Pick<
    StoredDataset,
    "path" | "signatureAt" | "address" | "shape"
  >,
): string | undefined {
  const { size } = Deno.statSync(path);
  try {
    using file = openBytes(path, signatureAt);
    const body = messagesOf(file, address)
      .find(({ type, isShared }) => type === dataLayout && !isShared)?.body;
    const layout = body && layoutOf(body);
    if (layout?.type !== "contiguous" || layout.address === undefined) {
      return undefined;
    }
    const count = Math.min(most, shape.reduce((n, extent) => n * extent, 1));
    const cursor = file.read(layout.address, count * (8 + file.widths.address));
    const heaps = new Set<number>();
    for (let i = 0; i < count; i++) {
      const bytes = cursor.number(4), heap = cursor.address();
      cursor.skip(4); // its number in the heap
      if (bytes > size) return `a text of ${bytes} bytes in a file of ${size}`;
      if (bytes > 0 && heap !== undefined) heaps.add(heap);
    }
    return [...heaps].some((heap) => !isSound(file, heap))
      ? "the heap of its texts is not as it was written"
      : undefined;
  } catch (error) {
    if (error instanceof StructureError) return undefined;
    throw error;
  }
}

/** Whether a global heap is a row of objects that fills it (HDF5 format, III.E). */
function isSound(file: FileBytes, address: number): boolean {
  try {
    const { length } = file.widths, head = 8 + length;
    const size = file.read(address, head).expect("GCOL").skip(4).length();
    const heap = file.read(address, size).skip(head);
    while (heap.left >= head) {
      const number = heap.number(2);
      const bytes = heap.skip(6).length();
      if (number === 0) return bytes === heap.left + head; // what is free
      heap.skip(Math.ceil(bytes / 8) * 8);
    }
    return true;
  } catch (error) {
    if (error instanceof StructureError) return false;
    throw error;
  }
}
