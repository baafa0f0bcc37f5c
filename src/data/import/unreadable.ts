/** Why a picture cannot be read, and what to do about it. */
export class Unreadable extends Error {
  /** What the reader can do, in the imperative. */
  readonly fix: string;

  /** A reason that follows "Cannot read the image: ". */
  constructor(
    reason: string,
    fix = "Get the file again, or save it anew where it was made",
  ) {
    super(reason);
    this.fix = fix;
  }
}

/** What turns most pictures into ones that are read. */
export const convertToGrey =
  "Save it as TIFF or PNG, grey, of 8 or 16 bits (ImageJ: Image > Type > 8-bit)";

/**
 * No picture has more pixels: its numbers and what they are made of have to fit
 * the memory, and sections of microscopes are a tenth of that.
 */
const MOST_PIXELS = 2 ** 30;

/** @throws {Unreadable} Unless a picture of some extent can be held in memory. */
export function checkExtent(width: number, height: number): void {
  const extent = `it has ${height} × ${width} pixels`;
  if (width === 0 || height === 0) throw new Unreadable(extent);
  if (width * height <= MOST_PIXELS) return;
  throw new Unreadable(
    `${extent}, more than ${MOST_PIXELS}`,
    "Cut it into parts, and import each as a volume of its own",
  );
}
