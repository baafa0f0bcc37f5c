import type { Cursor, FileBytes } from "./bytes.ts";

/** Names of files are no longer than this. */
const longest = 4096;

/**
 * The names in the message "external data files" (HDF5 file format specification,
 * IV.A.2.h), as they were given.
 */
export function externalFilesOf(file: FileBytes, body: Cursor): string[] {
  const { address, length } = file.widths;
  const used = body.skip(6).number(2), heapAt = body.address() ?? 0;
  const heap = file.read(heapAt, 8 + 2 * length + address).expect("HEAP");
  const size = heap.skip(4).length();
  const namesAt = heap.skip(length).address() ?? 0;
  return Array.from({ length: used }, () => {
    const at = body.length();
    body.skip(2 * length);
    return textAt(file.read(namesAt + at, Math.min(longest, size - at)));
  });
}

/** Letters up to a zero. */
function textAt(cursor: Cursor): string {
  const bytes: number[] = [];
  while (cursor.left > 0) {
    const byte = cursor.number(1);
    if (byte === 0) break;
    bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
