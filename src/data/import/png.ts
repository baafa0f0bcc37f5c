import type { DecodedPng } from "fast-png";
import { scaledToBytes, unpackBits } from "./_bits.ts";
import type { ByteSource } from "./byte_source.ts";
import { greyOf, lookUp, transparent } from "./channels.ts";
import type { Picture } from "./picture.ts";
import { checkExtent, Unreadable } from "./unreadable.ts";

/** How a PNG file begins. */
export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Deflate makes no more of a byte. */
const MOST_INFLATION = 1032;

/**
 * The picture of a PNG file, of 8 or 16 bits; fewer bits are scaled to 8.
 *
 * @throws {Unreadable} If it is damaged, animated, in colour or transparent.
 */
export async function pngPicture(source: ByteSource): Promise<Picture> {
  checkHeader(source);
  const { decode } = await import("fast-png");
  const png = decode(source.read(0, source.size), { checkCrc: true });
  const { width, height, depth, channels: count, palette } = png;
  const numbers = numbersOf(png);
  if (palette) {
    return { shape: [height, width], pixels: lookUp(numbers, palette) };
  }
  checkTransparency(numbers, png);
  const pixels = greyOf(numbers, {
    count,
    colours: count < 3 ? 1 : 3,
    white: 2 ** depth - 1,
  });
  return {
    shape: [height, width],
    pixels: pixels instanceof Uint8Array
      ? scaledToBytes(pixels, depth)
      : pixels,
  };
}

/** Refuses what the library would read wrongly, or only with too much memory. */
function checkHeader(source: ByteSource): void {
  const view = new DataView(source.read(0, 33).buffer);
  if (view.getUint32(12) !== code("IHDR")) {
    throw new Unreadable("it is damaged: it has no header");
  }
  const width = view.getUint32(16), height = view.getUint32(20);
  checkExtent(width, height);
  const bits = view.getUint8(24), isInterlaced = view.getUint8(28) !== 0;
  if (width * height * bits / 8 > source.size * MOST_INFLATION) {
    throw new Unreadable(
      `it is damaged: ${source.size} bytes cannot hold ${height} × ${width} pixels`,
    );
  }
  if (isInterlaced && bits < 8) {
    throw new Unreadable(
      `it is interlaced and has ${bits} bits a pixel`,
      "Save it without interlacing: magick IN -interlace none OUT",
    );
  }
  if (!isAnimated(source)) return;
  throw new Unreadable(
    "it is animated, and only its first picture would be read",
    "Save each of its pictures as a file of its own",
  );
}

/** Whether the file has pictures besides the one that PNG readers show. */
function isAnimated(source: ByteSource): boolean {
  for (let at = 8; at + 12 <= source.size;) {
    const chunk = new DataView(source.read(at, 8).buffer);
    const type = chunk.getUint32(4);
    if (type === code("acTL")) return true;
    if (type === code("IDAT")) return false; // acTL comes before the pixels
    at += 12 + chunk.getUint32(0);
  }
  return false;
}

function code(type: string): number {
  return [...type].reduce((sum, letter) => 256 * sum + letter.charCodeAt(0), 0);
}

/** The numbers of each pixel, one after another. */
function numbersOf(
  { width, height, depth, channels, data }: DecodedPng,
): Uint8Array | Uint16Array {
  if (data instanceof Uint16Array) return data;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  if (depth >= 8) return bytes;
  return unpackBits(bytes, {
    rows: height,
    columns: width * channels,
    bits: depth,
  });
}

/** Refuses pixels of the grey that a file calls transparent. */
function checkTransparency(
  numbers: Uint8Array | Uint16Array,
  { transparency, channels }: DecodedPng,
): void {
  const clear = transparency?.[0];
  if (clear === undefined) return;
  for (let i = 0; i < numbers.length; i += channels) {
    if (numbers[i] === clear) throw transparent();
  }
}
