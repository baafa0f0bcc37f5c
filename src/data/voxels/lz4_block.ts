/** Up to so many bytes, a loop is faster than a call. */
const fewBytes = 32;

/**
 * Unpacks a block of LZ4 (its block format, 2022) into as many bytes as it has.
 *
 * @throws {Error} If it is damaged, or has more or fewer.
 */
export function unpackLz4Block(packed: Uint8Array, to: Uint8Array): void {
  let at = 0, done = 0;
  const more = (length: number): number => {
    if (length < 15) return length;
    for (let byte = 255; byte === 255; length += byte) {
      if (at >= packed.length) throw new Error("it is cut short");
      byte = packed[at++]!;
    }
    return length;
  };
  while (at < packed.length) {
    const token = packed[at++]!, literals = more(token >> 4);
    if (at + literals > packed.length) throw new Error("it is cut short");
    if (done + literals > to.length) throw new Error("it is longer");
    if (literals > fewBytes) to.set(packed.subarray(at, at + literals), done);
    else for (let i = 0; i < literals; i++) to[done + i] = packed[at + i]!;
    at += literals;
    done += literals;
    if (at === packed.length) break; // the last sequence has no match
    if (at + 2 > packed.length) throw new Error("it is cut short");
    const distance = packed[at]! | (packed[at + 1]! << 8);
    at += 2;
    const length = more(token & 15) + 4;
    copyMatch(to, { at: done, distance, length });
    done += length;
  }
  if (done !== to.length) throw new Error(`it has ${done} bytes`);
}

/**
 * Copies what was unpacked so far from `distance` before a place to there; the two
 * may overlap.
 *
 * @throws {Error} If it reaches beyond the first or the last byte.
 */
export function copyMatch(
  to: Uint8Array,
  { at, distance, length }: {
    readonly at: number;
    readonly distance: number;
    readonly length: number;
  },
): void {
  if (distance < 1 || distance > at) throw new Error("it refers to nowhere");
  if (at + length > to.length) throw new Error("it is longer");
  const end = at + length;
  if (length > fewBytes && distance === 1) to.fill(to[at - 1]!, at, end);
  else if (length > fewBytes && distance >= length) {
    to.copyWithin(at, at - distance, end - distance);
  } else for (let i = at; i < end; i++) to[i] = to[i - distance]!;
}
