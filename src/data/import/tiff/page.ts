import type { ByteSource } from "../byte_source.ts";
import { scaledToBytes } from "../_bits.ts";
import { greyOf, lookUp } from "../channels.ts";
import type { Picture, Pixels } from "../picture.ts";
import { convertToGrey, Unreadable } from "../unreadable.ts";
import type { Directory } from "./directory.ts";
import { blocksOf, type Layout } from "./layout.ts";
import { turned } from "./orientation.ts";
import { numbersIn } from "./samples.ts";
import { unpack } from "./unpack.ts";

const WHITE_IS_ZERO = 0, RGB = 2, PALETTE = 3;

/** What numbers mean that are no greys, by PhotometricInterpretation. */
const foreign: Readonly<Record<number, string>> = {
  4: "a mask of transparency",
  5: "colours of a printer (CMYK)",
  6: "colours of video (YCbCr)",
  8: "colours (CIELab)",
  9: "colours (ICCLab)",
  10: "colours (ITULab)",
  32803: "those of a camera's colour filter",
  34892: "those of a camera (LinearRaw)",
};

/**
 * A picture of a page, upright, as grey: 1, 2 and 4 bits scaled to 8, white
 * always the highest number.
 *
 * @throws {Unreadable} If it is damaged, in colour or transparent.
 */
export function pageOf(
  page: Directory,
  { layout, source }: { layout: Layout; source: ByteSource },
): Picture {
  const meaning = page.number("PhotometricInterpretation", 1);
  const name = foreign[meaning];
  if (name) throw new Unreadable(`its numbers are ${name}`, convertToGrey);
  const numbers = readNumbers(layout, source);
  const pixels = meaning === PALETTE
    ? lookUp(numbers, paletteOf(page))
    : greys(numbers, layout, meaning);
  const { width, height } = layout;
  return turned(
    { shape: [height, width], pixels },
    page.number("Orientation", 1),
  );
}

function greys(numbers: Pixels, layout: Layout, meaning: number): Pixels {
  const { bits, format } = layout.form, count = layout.channels;
  const white = format === 3 ? 1 : 2 ** (format === 2 ? bits - 1 : bits) - 1;
  const colours = meaning === RGB && count >= 3 ? 3 : 1;
  const grey = greyOf(numbers, { count, colours, white });
  if (meaning === WHITE_IS_ZERO) {
    if (format !== 1) {
      throw new Unreadable(
        "its white is 0 and its numbers are no greys",
        convertToGrey,
      );
    }
    for (let i = 0; i < grey.length; i++) grey[i] = white - grey[i]!;
  }
  return bits < 8 ? scaledToBytes(grey as Uint8Array, bits) : grey;
}

/** Colours of 16 bits as those of 8. */
function paletteOf(page: Directory): number[][] {
  const map = page.numbers("ColorMap"), count = map.length / 3;
  return Array.from(
    { length: Math.floor(count) },
    (_, i) => [0, 1, 2].map((channel) => map[channel * count + i]! >> 8),
  );
}

/** All numbers of a picture, `[H, W, C]`. */
function readNumbers(layout: Layout, source: ByteSource): Pixels {
  const { width, height, channels, blockWidth, isPlanar, form } = layout;
  const stride = isPlanar ? 1 : channels;
  let all: Pixels | undefined;
  for (const { index, channel, x, y, rows, bytes } of blocksOf(layout)) {
    const packed = source.read(layout.offsets[index]!, layout.counts[index]!);
    if (layout.isReversed) reverseBits(packed);
    const block = numbersIn(
      unpack(packed, { compression: layout.compression, wanted: bytes }),
      { form, rows, columns: blockWidth * stride, stride },
    );
    all ??= new (block.constructor as Uint8ArrayConstructor)(
      width * height * channels,
    ) as Pixels;
    const columns = Math.min(blockWidth, width - x) * stride;
    for (let row = 0; row < rows && y + row < height; row++) {
      const from = row * blockWidth * stride;
      const part = block.subarray(from, from + columns);
      const to = ((y + row) * width + x) * channels + channel;
      if (stride === channels) all.set(part, to);
      else part.forEach((number, i) => all![to + i * channels] = number);
    }
  }
  return all!;
}

/** Turns each byte around, for files whose lowest bit comes first. */
function reverseBits(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) {
    let left = bytes[i]!, turned = 0;
    for (let bit = 0; bit < 8; bit++) {
      turned = turned << 1 | left & 1, left >>= 1;
    }
    bytes[i] = turned;
  }
}
