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

/**
 * The pictures of a TIFF or BigTIFF file, page by page, or all that stand behind
 * a single page; thumbnails and masks of pages are left out. `note` hears of
 * what is left out.
 *
 * @throws {Unreadable} If it is damaged or of a kind that is not read.
 */
export function* tiffPictures(
  source: ByteSource,
  note: (line: string) => void,
): Generator<Picture> {
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
    yield pageOf(directory, { layout, source });
  }
  if (!first) throw new Unreadable("it has no picture but thumbnails");
  if (leftOut > 0) note(`${leftOut} thumbnails or masks of pages are left out`);
  if (pages === 1 && first.described > 1) yield* behind(first, source, note);
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
): Generator<Picture> {
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
    yield pageOf(directory, { layout: shifted(layout, place), source });
  }
}

/** Whether a page is a picture of its own, no thumbnail or mask of another. */
function isPicture(directory: Directory): boolean {
  return (directory.number("NewSubfileType", 0) & 0b101) === 0 &&
    directory.number("SubfileType", 1) !== 2;
}
