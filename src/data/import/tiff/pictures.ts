import type { ByteSource } from "../byte_source.ts";
import type { Picture } from "../picture.ts";
import { Unreadable } from "../unreadable.ts";
import { directoriesIn, type Directory } from "./directory.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { pageOf } from "./page.ts";
import {
  describedPictures,
  isInOnePiece,
  pictureBytes,
  shifted,
} from "./stack.ts";

/** A picture that is still in its file. */
export interface TiffPage {
  /** How it is stored. */
  readonly layout: Layout;
  /**
   * Reads it.
   *
   * @throws {Unreadable} If it is damaged or of a kind that is not read.
   */
  read(): Picture;
}

/**
 * The pictures of a TIFF or BigTIFF file, page by page, or all that stand behind
 * a single page, each read when it is asked for; thumbnails and masks of pages
 * are left out. `note` hears of what is left out.
 *
 * @throws {Unreadable} If it is damaged or of a kind that is not read.
 */
export function* tiffPages(
  source: ByteSource,
  note: (line: string) => void,
): Generator<TiffPage> {
  let first: Page | undefined, pages = 0, leftOut = 0;
  for (const directory of directoriesIn(source)) {
    if (!isPicture(directory)) {
      leftOut++;
      continue;
    }
    const layout = layoutOf(directory, source);
    const text = directory.text("ImageDescription");
    first ??= { directory, layout, described: describedPictures(text, layout) };
    pages++;
    yield { layout, read: () => pageOf(directory, { layout, source }) };
  }
  if (!first) throw new Unreadable("it has no picture but thumbnails");
  if (leftOut > 0) note(`${leftOut} thumbnails or masks of pages are left out`);
  if (pages === 1 && first.described > 1) yield* behind(first, source, note);
}

/**
 * The same, read one after the other.
 *
 * @throws {Unreadable} If it is damaged or of a kind that is not read.
 */
export function* tiffPictures(
  source: ByteSource,
  note: (line: string) => void,
): Generator<Picture> {
  for (const page of tiffPages(source, note)) yield page.read();
}

/** A page and how many pictures it speaks of. */
interface Page {
  readonly directory: Directory;
  readonly layout: Layout;
  readonly described: number;
}

/** The other pictures of a stack with a single directory. */
function* behind(
  { directory, layout, described }: Page,
  source: ByteSource,
  note: (line: string) => void,
): Generator<TiffPage> {
  const start = layout.offsets[0]!;
  const end = directory.at > start ? directory.at : source.size;
  const room = isInOnePiece(layout)
    ? Math.floor((end - start) / pictureBytes(layout))
    : 1;
  // The description of a stack outlives the cutting out of one section.
  if (room < 2) {
    note(`its description speaks of ${described} pictures, it has 1`);
    return;
  }
  if (room < described) {
    throw new Unreadable(
      `it is cut short: it speaks of ${described} pictures and has room for ${room}`,
    );
  }
  for (let place = 1; place < described; place++) {
    const own = shifted(layout, place);
    yield {
      layout: own,
      read: () => pageOf(directory, { layout: own, source }),
    };
  }
}

/** Whether a page is a picture of its own, no thumbnail or mask of another. */
function isPicture(directory: Directory): boolean {
  return (directory.number("NewSubfileType", 0) & 0b101) === 0 &&
    directory.number("SubfileType", 1) !== 2;
}
