// Rows of bytes.

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
 * Packs rows of n bytes that were copied as words of 8. Row y of section z lies in the words at
 * (z * rows + y) * pitch, its first byte at the place it had in the volume,
 * first + z * section + y * width, modulo 8.
 */
export function pack(
  from: usize,
  to: usize,
  n: i32,
  rows: i32,
  sections: i32,
  pitch: i32,
  first: i32,
  width: i32,
  section: i32,
): void {
  for (let z = 0; z < sections; z++) {
    for (let y = 0; y < rows; y++, from += pitch, to += n) {
      const start = from + ((first + z * section + y * width) & 7);
      let i = 0;
      for (; i + 16 <= n; i += 16) v128.store(to + i, v128.load(start + i));
      for (; i < n; i++) store<u8>(to + i, load<u8>(start + i));
    }
  }
}
