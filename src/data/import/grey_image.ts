import { ExperimentError } from "@/core/mod.ts";

/** A greyscale image. */
export interface GreyImage {
  /** Extent in pixels, `[H, W]`. */
  readonly shape: readonly [height: number, width: number];
  /** Its pixels, row by row; black is 0, white 255 or 65535. */
  readonly pixels: Uint8Array | Uint16Array;
}

/**
 * The images of a PNG or TIFF file, page by page: grey values of 1 to 8 or of 16
 * bits; colours only where they are greys.
 *
 * @throws {ExperimentError} If the file is damaged or of another kind.
 */
export async function* imagesIn(path: string): AsyncGenerator<GreyImage> {
  const bytes = await Deno.readFile(path);
  const fail = (why: string, fix: string, cause?: unknown) =>
    new ExperimentError(`Cannot read the image "${path}": ${why}`, {
      where: path,
      fix,
      cause,
    });
  const guard = <Result>(decode: () => Result): Result => {
    try {
      return decode();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw error instanceof Unsupported
        ? fail(why, "Save it as PNG or TIFF, grey, of 8 or 16 bits")
        : fail(`it is damaged or unsupported (${why})`, "Save it again", error);
    }
  };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) {
    const { decode } = await import("fast-png");
    yield guard(() => {
      const { width, height, depth, channels, data, palette } = decode(bytes, {
        checkCrc: true,
      });
      const pixels = depth < 8
        ? unpack(data, [height, width * channels], depth, !palette)
        : data;
      return palette
        ? { shape: [height, width], pixels: lookUp(pixels, palette) }
        : { shape: [height, width], pixels: greyOf(pixels, channels) };
    });
  } else if (
    startsWith(bytes, [0x49, 0x49, 42, 0]) ||
    startsWith(bytes, [0x4d, 0x4d, 0, 42])
  ) {
    const { decode, pageCount } = await import("tiff");
    const pages = guard(() => pageCount(bytes));
    for (let page = 0; page < pages; page++) {
      yield guard(() => {
        const [image] = decode(bytes, { pages: [page] });
        const { width, height, data, samplesPerPixel, bitsPerSample } = image!;
        if (image!.palette) throw new Unsupported("it has a palette");
        if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
          throw new Unsupported(`it has ${bitsPerSample} bits a pixel`);
        }
        const pixels = bitsPerSample === 1
          ? data.map((bit) => 255 * bit)
          : data;
        return {
          shape: [height, width],
          pixels: greyOf(pixels, samplesPerPixel),
        };
      });
    }
  } else {
    throw fail(
      "it is neither PNG nor TIFF",
      "Name PNG or TIFF files, such as 'raw/*.png'",
    );
  }
}

/** A readable image that is not what we take. */
class Unsupported extends Error {}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Pixels of 1, 2 or 4 bits, rows padded to bytes, as bytes; white 255 if scaled. */
function unpack(
  packed: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  depth: number,
  isScaled: boolean,
): Uint8Array {
  const most = 2 ** depth - 1, rowBytes = Math.ceil(columns * depth / 8);
  const scale = isScaled ? 255 / most : 1;
  const pixels = new Uint8Array(rows * columns);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, to++) {
      const bit = column * depth;
      const byte = packed[row * rowBytes + (bit >> 3)]!;
      pixels[to] = scale * (byte >> (8 - depth - (bit & 7)) & most);
    }
  }
  return pixels;
}

function lookUp(
  indices: ArrayLike<number>,
  palette: readonly (readonly number[])[],
): Uint8Array {
  return Uint8Array.from(indices, (index) => {
    const [red, green, blue] = palette[index] ?? [];
    if (red === undefined) throw new Error("a pixel is outside the palette");
    if (red !== green || red !== blue) throw new Unsupported("it is in colour");
    return red;
  });
}

/** The grey of grey, grey + alpha, RGB or RGBA pixels; alpha is ignored. */
function greyOf(
  pixels: Uint8Array | Uint8ClampedArray | Uint16Array,
  channels: number,
): Uint8Array | Uint16Array {
  const grey = pixels instanceof Uint16Array
    ? new Uint16Array(pixels.length / channels)
    : new Uint8Array(pixels.length / channels);
  const isColour = channels >= 3;
  for (let i = 0, from = 0; i < grey.length; i++, from += channels) {
    const value = pixels[from]!;
    if (
      isColour && (pixels[from + 1] !== value || pixels[from + 2] !== value)
    ) {
      throw new Unsupported("it is in colour");
    }
    grey[i] = value;
  }
  return grey;
}
