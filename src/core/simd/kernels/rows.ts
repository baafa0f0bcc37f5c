// Rows of bytes.

import { split } from "./labels";
import { greys } from "./values";

/** Copies rows of n bytes between arrays with other distances between rows. */
export function copy(
  from: usize,
  fromRow: i32,
  fromSection: i32,
  to: usize,
  toRow: i32,
  toSection: i32,
  n: i32,
  rows: i32,
  sections: i32,
): void {
  for (let z = 0; z < sections; z++) {
    for (let y = 0; y < rows; y++) {
      const source = from + z * fromSection + y * fromRow;
      const target = to + z * toSection + y * toRow;
      let i = 0;
      for (; i + 16 <= n; i += 16) {
        v128.store(target + i, v128.load(source + i));
      }
      for (; i < n; i++) store<u8>(target + i, load<u8>(source + i));
    }
  }
}

/**
 * Rows of n bytes that were copied as words of 8: row y lies in the words at
 * y * pitch, its first byte at the place in a word that it had in the volume,
 * first + y * width, modulo 8.
 */
@unmanaged
export class Staged {
  from: usize;
  n: i32;
  rows: i32;
  pitch: i32;
  first: i32;
  width: i32;
}

/** Where row y begins. */
function rowOf(staged: Staged, y: i32): usize {
  return staged.from + y * staged.pitch +
    ((staged.first + y * staged.width) & 7);
}

/** to = the bytes. */
export function pack(staged: Staged, to: usize): void {
  const n = staged.n;
  for (let y = 0; y < staged.rows; y++, to += n) {
    const from = rowOf(staged, y);
    let i = 0;
    for (; i + 16 <= n; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < n; i++) store<u8>(to + i, load<u8>(from + i));
  }
}

/** to = the grey values they stand for, as {@link greys} makes them. */
export function packGreys(staged: Staged, to: usize): void {
  const n = staged.n;
  for (let y = 0; y < staged.rows; y++, to += <usize> n << 2) {
    greys(rowOf(staged, y), to, n);
  }
}

/** The labels apart, as {@link split} takes them. */
export function packLabels(staged: Staged, target: usize, mask: usize): void {
  const n = staged.n;
  for (let y = 0; y < staged.rows; y++, target += n, mask += n) {
    split(rowOf(staged, y), target, mask, n);
  }
}
