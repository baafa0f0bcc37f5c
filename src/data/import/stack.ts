import { ExperimentError, type Zyx } from "@/core/mod.ts";
import { imageFiles } from "./image_files.ts";
import { kindOfPixels, type Picture, type Pixels } from "./picture.ts";
import { picturesIn } from "./pictures.ts";

/** What the numbers of a stack come to. */
export interface NumberRange {
  /** The lowest one. */
  readonly low: number;
  /** The highest one. */
  readonly high: number;
  /** Whether all of them are whole. */
  readonly isWhole: boolean;
}

/** How a stack is opened. */
export interface StackOptions {
  /** The option that named it. */
  readonly option: string;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Hears which files it consists of, before they are read. */
  readonly onInputs?: ((paths: readonly string[]) => void) | undefined;
}

/** Pictures that are the sections of one volume. */
export interface Stack {
  /** The pattern that names them. */
  readonly pattern: string;
  /** The option that gave it. */
  readonly option: string;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** An empty array of the kind their numbers have. */
  readonly kind: Pixels;
  /** What their numbers come to. */
  readonly range: NumberRange;
  /** What a user should know of the files. */
  readonly notes: readonly string[];
  /** Reads them again, one after the other. */
  sections(): AsyncGenerator<Picture>;
}

/**
 * Finds the pictures of a pattern, reading each once.
 *
 * @throws {ExperimentError} If there is none, if one cannot be read, or if they
 * differ in size or in the kind of their numbers.
 */
export async function openStack(
  pattern: string,
  { option, signal, onInputs }: StackOptions,
): Promise<Stack> {
  const files = imageFiles(pattern, option), notes: string[] = [];
  onInputs?.(files);
  let first: { file: string; picture: Picture } | undefined, depth = 0;
  let range: NumberRange = { low: Infinity, high: -Infinity, isWhole: true };
  for (const file of files) {
    for await (const picture of picturesIn(file, (line) => notes.push(line))) {
      signal?.throwIfAborted();
      depth++;
      first ??= { file, picture };
      checkAlike({ file, picture }, first, option);
      range = joined(range, rangeOf(picture.pixels, { file, option }));
    }
  }
  return {
    pattern,
    option,
    shapeVox: [depth, ...first!.picture.shape],
    kind: first!.picture.pixels.subarray(0, 0),
    range,
    notes,
    async *sections() {
      for (const file of files) yield* picturesIn(file, () => {});
    },
  };
}

/** A picture and the file it is of. */
interface Found {
  readonly file: string;
  readonly picture: Picture;
}

function checkAlike(found: Found, first: Found, option: string): void {
  const { file, picture: { shape: [height, width], pixels } } = found;
  const { shape: [rows, columns], pixels: others } = first.picture;
  if (height !== rows || width !== columns) {
    throw new ExperimentError(
      `Cannot stack images of different sizes: "${file}" has ${height} × ` +
        `${width} pixels, "${first.file}" has ${rows} × ${columns}`,
      { where: option, fix: "Crop or align them to one size first" },
    );
  }
  if (pixels.constructor === others.constructor) return;
  throw new ExperimentError(
    `Cannot stack images of different depths: "${file}" has ` +
      `${kindOfPixels(pixels)}, "${first.file}" has ${kindOfPixels(others)}`,
    { where: option, fix: "Convert them all to 8 or all to 16 bits" },
  );
}

function rangeOf(
  pixels: Pixels,
  { file, option }: { file: string; option: string },
): NumberRange {
  const isFloat = pixels instanceof Float32Array ||
    pixels instanceof Float64Array;
  let low = Infinity, high = -Infinity, isWhole = true;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
    if (!isFloat) continue;
    if (!Number.isFinite(value)) {
      throw new ExperimentError(
        `Cannot read the image "${file}": one of its pixels is ${value}`,
        { where: option, fix: "Replace what is no number, by 0 in masks" },
      );
    }
    isWhole &&= Number.isInteger(value);
  }
  return { low, high, isWhole };
}

function joined(a: NumberRange, b: NumberRange): NumberRange {
  return {
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    isWhole: a.isWhole && b.isWhole,
  };
}
