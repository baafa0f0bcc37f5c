import { ExperimentError } from "@/core/mod.ts";
import { type ByteSource, openBytes } from "./byte_source.ts";
import type { Picture } from "./picture.ts";
import { pngPicture, pngSignature } from "./png.ts";
import { isTiff, tiffPictures } from "./tiff/mod.ts";
import { convertToGrey, Unreadable } from "./unreadable.ts";

/**
 * The pictures of a PNG or TIFF file, page by page. `note` hears what a user
 * should know of them.
 *
 * @throws {ExperimentError} If it cannot be read, is damaged, or of a kind that
 * is not read.
 */
export async function* picturesIn(
  path: string,
  note: (line: string) => void,
): AsyncGenerator<Picture> {
  try {
    using source = openBytes(path);
    const start = source.read(0, Math.min(16, source.size));
    if (begins(start, pngSignature)) yield await pngPicture(source);
    else if (isTiff(start)) {
      yield* tiffPictures(source, (line) => note(`"${path}": ${line}`));
    } else throw foreign(source, start);
  } catch (error) {
    throw refusal(path, error);
  }
}

function refusal(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExperimentError) {
    return error;
  }
  const isOurs = error instanceof Unreadable;
  // Everything else was thrown by a library or the system.
  const { message, fix } = isOurs
    ? error
    : new Unreadable(`it is damaged or unsupported (${error.message})`);
  return new ExperimentError(`Cannot read the image "${path}": ${message}`, {
    where: path,
    fix,
    ...(!isOurs && { cause: error }),
  });
}

/** How files begin that people take for pictures we read, and how to convert them. */
const kinds: readonly (readonly [begin: readonly number[], name: string])[] = [
  [[0xff, 0xd8, 0xff], "a JPEG, whose greys are not those of the microscope"],
  [[...codes("GIF8")], "a GIF"],
  [[...codes("BM")], "a Windows bitmap"],
  [[...codes("RIFF")], "a WebP"],
  [[0, 0, 0, 12, 0x6a, 0x50], "a JPEG 2000"],
  [[0xff, 0x4f, 0xff, 0x51], "a JPEG 2000"],
  [[...codes("P5")], "a PGM"],
  [[...codes("P2")], "a PGM"],
  [[0, 0, 0, 3], "a DigitalMicrograph file"],
  [[0, 0, 0, 4], "a DigitalMicrograph file"],
  [[0x1f, 0x8b], "compressed by gzip"],
  [[...codes("PK")], "a ZIP archive"],
];
const hdf5 = [0x89, ...codes("HDF\r\n")];

function foreign(source: ByteSource, start: Uint8Array): Unreadable {
  if (source.size === 0) return new Unreadable("it is empty");
  if (begins(start, hdf5)) {
    return new Unreadable(
      "it is neither PNG nor TIFF but HDF5, which needs no import",
      "Name it in an experiment: source: { type: cremi, file: … }",
    );
  }
  const [, name] = kinds.find(([begin]) => begins(start, begin)) ?? [];
  return new Unreadable(
    "it is neither PNG nor TIFF" + (name ? ` but ${name}` : ""),
    name ? convertToGrey : "Name PNG or TIFF files, such as 'raw/*.png'",
  );
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function codes(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
