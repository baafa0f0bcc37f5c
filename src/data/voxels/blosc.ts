import { inflateSync, zstdDecompressSync } from "node:zlib";
import { unpackBloscLz } from "./blosc_lz.ts";
import { unpackLz4Block } from "./lz4_block.ts";

/** Unpacks a part into as many bytes as it has. */
type Unpack = (packed: Uint8Array, to: Uint8Array) => void;

/** How parts are unpacked, by the number in a frame. */
const packers: readonly Unpack[] = [
  unpackBloscLz,
  unpackLz4Block,
  () => {
    throw new Error("it is packed by Snappy, which is not undone");
  },
  (packed, to) => into(inflateSync(packed, { maxOutputLength: to.length }), to),
  (packed, to) =>
    into(zstdDecompressSync(packed, { maxOutputLength: to.length }), to),
];

function into(bytes: Uint8Array, to: Uint8Array): void {
  if (bytes.length !== to.length) {
    throw new Error(`it has ${bytes.length} bytes`);
  }
  to.set(bytes);
}

const headBytes = 16;
const shuffled = 1, copied = 2, bitsShuffled = 4, isWhole = 16;

/** A block has no more parts and no smaller ones; early versions do not say so. */
const mostParts = 16, leastPartBytes = 128;

/**
 * Unpacks a frame of Blosc 1 (c-blosc 1.21, README_CHUNK_FORMAT): blocks, which
 * may be divided into a part for each byte of a number, packed by one of five.
 *
 * @throws {Error} If it is damaged, or has more than `most` bytes. Blosc itself
 * has no checksum.
 */
export function unpackBlosc(frame: Uint8Array, most: number): Uint8Array {
  if (frame.length < headBytes) throw new Error("it is cut short");
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const flags = frame[2]!, typeBytes = frame[3]!;
  const [bytes, blockBytes, all] = [4, 8, 12].map((at) =>
    view.getUint32(at, true)
  ) as [number, number, number];
  if (bytes > most) throw new Error(`it says ${bytes} bytes`);
  if (frame.length < all) throw new Error("it is cut short");
  if (flags & copied) {
    if (frame.length < headBytes + bytes) throw new Error("it is cut short");
    return frame.slice(headBytes, headBytes + bytes);
  }
  const unpack = packers[flags >> 5];
  const blocks = Math.ceil(bytes / blockBytes);
  if (!unpack || typeBytes === 0 || !Number.isFinite(blocks)) {
    throw new Error("it is no frame of Blosc 1");
  }
  if (frame.length < headBytes + 4 * blocks) throw new Error("it is cut short");
  const result = new Uint8Array(bytes);
  const block = new Uint8Array(Math.min(blockBytes, bytes));
  for (let k = 0; k < blocks; k++) {
    const to = result.subarray(k * blockBytes, (k + 1) * blockBytes);
    const from = block.subarray(0, to.length);
    const isOne = flags & isWhole || to.length < blockBytes ||
      typeBytes > mostParts || blockBytes < leastPartBytes * typeBytes;
    joinParts(frame, {
      at: view.getUint32(headBytes + 4 * k, true),
      parts: isOne ? 1 : typeBytes,
      to: from,
      unpack,
    });
    if (flags & shuffled && typeBytes > 1) unshuffle(from, to, typeBytes);
    else if (flags & bitsShuffled) unshuffleBits(from, to, typeBytes);
    else to.set(from);
  }
  return result;
}

/** Unpacks the parts of a block, each behind its length, one after the other. */
function joinParts(
  frame: Uint8Array,
  { at, parts, to, unpack }: {
    readonly at: number;
    readonly parts: number;
    readonly to: Uint8Array;
    readonly unpack: Unpack;
  },
): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const size = to.length / parts;
  if (!Number.isInteger(size)) throw new Error("it is no frame of Blosc 1");
  for (let part = 0, from = at; part < parts; part++) {
    if (from + 4 > frame.length) throw new Error("it is cut short");
    const length = view.getUint32(from, true);
    const packed = frame.subarray(from += 4, from += length);
    if (packed.length < length) throw new Error("it is cut short");
    const unpacked = to.subarray(part * size, (part + 1) * size);
    if (length === size) unpacked.set(packed);
    else unpack(packed, unpacked);
  }
}

/** Puts the bytes of numbers together again: first bytes come first, and so on. */
function unshuffle(from: Uint8Array, to: Uint8Array, size: number): void {
  const count = Math.floor(from.length / size);
  for (let byte = 0, at = 0; byte < size; byte++) {
    for (let i = byte; i < count * size; i += size) to[i] = from[at++]!;
  }
  to.set(from.subarray(count * size), count * size);
}

/** The same of bits; numbers that do not fill bytes are as they were. */
function unshuffleBits(from: Uint8Array, to: Uint8Array, size: number): void {
  const count = Math.floor(from.length / size), row = count / 8;
  if (!Number.isInteger(row)) {
    to.set(from);
    return;
  }
  for (let byte = 0; byte < size; byte++) {
    const rows = 8 * byte * row;
    for (let eighth = 0; eighth < row; eighth++) {
      // A square of 8 × 8 bits is turned by swapping ever larger squares in it.
      const bits = (k: number) => from[rows + k * row + eighth]!;
      const low = turnedFour(
        bits(0) | bits(1) << 8 | bits(2) << 16 | bits(3) << 24,
      );
      const high = turnedFour(
        bits(4) | bits(5) << 8 | bits(6) << 16 | bits(7) << 24,
      );
      const first = (low & 0x0f0f0f0f) | ((high & 0x0f0f0f0f) << 4);
      const second = ((low >>> 4) & 0x0f0f0f0f) | (high & 0xf0f0f0f0);
      for (let k = 0, at = 8 * eighth * size + byte; k < 4; k++, at += size) {
        to[at] = first >>> (8 * k);
        to[at + 4 * size] = second >>> (8 * k);
      }
    }
  }
  to.set(from.subarray(count * size), count * size);
}

/** Squares of 2 × 2 bits in four bytes turned, then those of 4 × 4. */
function turnedFour(bits: number): number {
  const two = (bits & 0xaa55aa55) | ((bits & 0x00aa00aa) << 7) |
    ((bits >>> 7) & 0x00aa00aa);
  return (two & 0xcccc3333) | ((two & 0x0000cccc) << 14) |
    ((two >>> 14) & 0x0000cccc);
}
