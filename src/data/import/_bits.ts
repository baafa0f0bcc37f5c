/**
 * Numbers of less than a byte, or of bits that fill none, from rows that are
 * padded to bytes, the highest bit first.
 */
export function unpackBits(
  packed: Uint8Array,
  { rows, columns, bits }: { rows: number; columns: number; bits: number },
): Uint8Array | Uint16Array {
  const rowBytes = Math.ceil(columns * bits / 8), most = 2 ** bits - 1;
  const numbers = bits > 8
    ? new Uint16Array(rows * columns)
    : new Uint8Array(rows * columns);
  for (let row = 0, to = 0; row < rows; row++) {
    let at = row * rowBytes, kept = 0, held = 0;
    for (let column = 0; column < columns; column++, to++) {
      while (held < bits) {
        kept = (kept << 8 | packed[at++]!) & 0xffffff, held += 8;
      }
      held -= bits;
      numbers[to] = kept >> held & most;
    }
  }
  return numbers;
}

/** Numbers of 1, 2 or 4 bits as those of 8: black stays 0, white becomes 255. */
export function scaledToBytes(numbers: Uint8Array, bits: number): Uint8Array {
  const factor = 255 / (2 ** bits - 1);
  return bits < 8 ? numbers.map((number) => factor * number) : numbers;
}
