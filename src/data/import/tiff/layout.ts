import type { ByteSource } from "../byte_source.ts";
import { checkExtent, convertToGrey, Unreadable } from "../unreadable.ts";
import type { Directory } from "./directory.ts";
import { checkForm, type SampleForm } from "./samples.ts";
import { mostInflation } from "./unpack.ts";

/** Where the numbers of a picture are and how they are stored. */
export interface Layout {
  /** Extent in pixels, as stored. */
  readonly width: number;
  readonly height: number;
  /** How many numbers a pixel has. */
  readonly channels: number;
  /** Whether each channel has strips or tiles of its own. */
  readonly isPlanar: boolean;
  /** How a number is stored. */
  readonly form: SampleForm;
  /** How strips or tiles are packed, as the tag Compression has it. */
  readonly compression: number;
  /** Whether the lowest bit of a byte comes first. */
  readonly isReversed: boolean;
  /** Extent of a strip or tile in pixels. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Whether the last ones are as large as the others. */
  readonly isTiled: boolean;
  /** Where each is, row by row, channel after channel. */
  readonly offsets: readonly number[];
  /** Its bytes. */
  readonly counts: readonly number[];
}

/**
 * The layout of a page, checked: all of its parts are in the file, and can hold
 * the picture it speaks of.
 *
 * @throws {Unreadable} If they cannot, or are stored in a way that is not read.
 */
export function layoutOf(page: Directory, source: ByteSource): Layout {
  const width = page.number("ImageWidth", 0);
  const height = page.number("ImageLength", 0);
  checkExtent(width, height);
  checkDepth(page);
  const channels = page.number("SamplesPerPixel", 1);
  const form = formOf(page, channels);
  checkExtent(width, height * channels);
  const isTiled = page.numbers("TileOffsets").length > 0;
  const kind = isTiled ? "Tile" : "Strip";
  const rows = page.number("RowsPerStrip", height) || height;
  const layout: Layout = {
    width,
    height,
    channels,
    form,
    isTiled,
    isPlanar: page.number("PlanarConfiguration", 1) === 2,
    compression: page.number("Compression", 1),
    isReversed: page.number("FillOrder", 1) === 2,
    blockWidth: isTiled ? page.number("TileWidth", 0) : width,
    blockHeight: isTiled
      ? page.number("TileLength", 0)
      : Math.min(rows, height),
    offsets: page.numbers(`${kind}Offsets`),
    counts: page.numbers(`${kind}ByteCounts`),
  };
  checkExtent(layout.blockWidth, layout.blockHeight * channels);
  const sound = layout.counts.length > 0 ? layout : withCounts(layout);
  checkBlocks(sound, source);
  return sound;
}

/** A strip or tile. */
export interface Block {
  /** Its number in the file. */
  readonly index: number;
  /** The channel it is of; 0 where it has all of them. */
  readonly channel: number;
  /** Where its first pixel is. */
  readonly x: number;
  readonly y: number;
  /** Its rows, those outside the picture included. */
  readonly rows: number;
  /** Bytes of its rows. */
  readonly bytes: number;
}

/** The strips or tiles of a picture. */
export function* blocksOf(layout: Layout): Generator<Block> {
  const { width, height, blockWidth, blockHeight, channels, isPlanar } = layout;
  const stride = isPlanar ? 1 : channels;
  const rowBytes = Math.ceil(blockWidth * stride * layout.form.bits / 8);
  let index = 0;
  for (let channel = 0; channel < (isPlanar ? channels : 1); channel++) {
    for (let y = 0; y < height; y += blockHeight) {
      const rows = layout.isTiled
        ? blockHeight
        : Math.min(blockHeight, height - y);
      for (let x = 0; x < width; x += blockWidth) {
        yield { index: index++, channel, x, y, rows, bytes: rows * rowBytes };
      }
    }
  }
}

function formOf(page: Directory, channels: number): SampleForm {
  const all = (tag: "BitsPerSample" | "SampleFormat") => {
    const [first = 1, ...others] = page.numbers(tag).slice(0, channels);
    if (others.every((number) => number === first)) return first;
    throw new Unreadable("its channels differ in their bits", convertToGrey);
  };
  const format = all("SampleFormat");
  const form: SampleForm = {
    bits: all("BitsPerSample"),
    format: format === 4 ? 1 : format, // "undefined" is read as unsigned
    predictor: page.number("Predictor", 1),
    isLittle: page.isLittle,
  };
  checkForm(form);
  return form;
}

function checkDepth(page: Directory): void {
  if (page.number("ImageDepth", 1) === 1) return;
  throw new Unreadable(
    "its pages are volumes (ImageDepth)",
    "Save each section as a page: tifffile.imwrite(path, stack), or ImageJ's " +
      "File > Save As > Tiff",
  );
}

/** Old writers leave out how long a strip is that is not packed. */
function withCounts(layout: Layout): Layout {
  if (layout.compression !== 1) {
    throw new Unreadable(
      "it is damaged: it does not say how long its parts are",
    );
  }
  return { ...layout, counts: [...blocksOf(layout)].map(({ bytes }) => bytes) };
}

/** Memory is only taken for what the file can hold. */
function checkBlocks(layout: Layout, source: ByteSource): void {
  const { offsets, counts, compression } = layout;
  const inflation = mostInflation(compression);
  const most = Math.min(offsets.length, counts.length);
  for (const { index, bytes } of blocksOf(layout)) {
    if (index >= most) {
      throw new Unreadable(
        `it is damaged: it has ${most} parts and needs more`,
      );
    }
    const offset = offsets[index]!, count = counts[index]!;
    if (offset === 0 || count === 0) {
      throw new Unreadable(
        "a part of it was never written",
        "Save it again as a whole: gdal_translate IN.tif OUT.tif fills it with 0",
      );
    }
    if (offset + count > source.size) {
      throw new Unreadable(
        `it is cut short: it has ${source.size} bytes and speaks of bytes ` +
          `${offset} to ${offset + count}`,
      );
    }
    if (count * inflation < bytes) {
      throw new Unreadable(
        `it is cut short or damaged: ${count} bytes cannot hold a part of ${bytes}`,
      );
    }
  }
}
