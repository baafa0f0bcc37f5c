import { Unreadable } from "../unreadable.ts";

const CLEAR = 256, END = 257, FIRST = 258, MOST = 4096;

/**
 * Unpacks at most so many bytes (TIFF 6.0, section 13): codes of 9 to 12 bits,
 * the highest bit first, a bit longer one code early.
 *
 * @throws {Unreadable} If a code stands for nothing.
 */
export function unpackLzw(packed: Uint8Array, wanted: number): Uint8Array {
  if (packed[0] === 0 && (packed[1]! & 1) === 1) {
    throw new Unreadable(
      "it is compressed by LZW as it was before TIFF 5.0, which is not read",
      "Save it anew: tiffcp -c lzw IN.tif OUT.tif",
    );
  }
  // Where the text of a code ends in what was unpacked, and its length: the text
  // of a code is that of the one before and a byte more.
  const ends = new Int32Array(MOST), lengths = new Int32Array(MOST);
  const bytes = new Uint8Array(wanted);
  let to = 0, next = FIRST, bits = 9, kept = 0, held = 0, before = 0;
  for (let at = 0; to < wanted;) {
    while (held < bits && at < packed.length) {
      kept = (kept << 8 | packed[at++]!) & 0xffffff, held += 8;
    }
    if (held < bits) break;
    held -= bits;
    const code = kept >> held & 2 ** bits - 1;
    if (code === END) break;
    if (code === CLEAR) {
      next = FIRST, bits = 9, before = 0;
      continue;
    }
    const isNew = code === next && before > 0;
    if (code > END && code >= next && !isNew) {
      throw new Unreadable("it is damaged: its LZW codes make no sense");
    }
    const start = to;
    if (code < CLEAR) {
      bytes[to++] = code;
    } else {
      const length = isNew ? before + 1 : lengths[code]!;
      // What is not there yet is the byte that this text begins with.
      const from = isNew ? start - before : ends[code]! - length;
      const end = Math.min(to + length, wanted);
      for (let i = from; to < end;) bytes[to++] = bytes[i++]!;
    }
    if (before > 0 && next < MOST) {
      ends[next] = start + 1, lengths[next] = before + 1;
      next++;
    }
    if (next + 1 >= 2 ** bits && bits < 12) bits++;
    before = to - start;
  }
  return bytes.subarray(0, to);
}
