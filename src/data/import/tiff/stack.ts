import { Unreadable } from "../unreadable.ts";
import type { Layout } from "./layout.ts";

const split =
  "Save each channel or time as a stack of its own (ImageJ: Image > Color > " +
  "Split Channels, Image > Hyperstacks > Reduce Dimensionality)";

/**
 * How many pictures a page's description speaks of, as ImageJ and tifffile write
 * it, who keep all sections behind one directory where they can; 1 if it says
 * nothing.
 *
 * @throws {Unreadable} If they are more than sections: channels, or times too.
 */
export function describedPictures(text: string, layout: Layout): number {
  if (text.startsWith("ImageJ=")) return ofImageJ(text);
  if (text.startsWith("{")) return ofTifffile(text, layout);
  if (text.includes("<OME")) checkOme(text, layout);
  return 1;
}

function ofImageJ(text: string): number {
  const value = (key: string) =>
    Number(new RegExp(`^${key}=(\\d+)`, "m").exec(text)?.[1] ?? 1);
  refuseAxes("ImageJ hyperstack", {
    channels: value("channels"),
    slices: value("slices"),
    frames: value("frames"),
  });
  return value("images");
}

/** tifffile's `{"shape": [6, 20, 22]}`. */
function ofTifffile(text: string, { width, height, channels }: Layout): number {
  const shape = /"shape": *\[([\d, ]+)\]/.exec(text)?.[1]?.split(",").map(
    Number,
  );
  if (!shape) return 1;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const count = size / (width * height * channels);
  const leading = shape.slice(0, -2).filter((extent) => extent > 1);
  const isStack = leading.length < 2 || leading.includes(count);
  if (Number.isInteger(count) && !isStack) {
    refuseAxes("stack of stacks", Object.fromEntries(leading.entries()));
  }
  return Number.isInteger(count) ? count : 1;
}

function checkOme(text: string, { channels }: Layout): void {
  const value = (axis: string) =>
    Number(new RegExp(`Size${axis}="(\\d+)"`).exec(text)?.[1] ?? 1);
  refuseAxes("OME-TIFF", {
    channels: value("C") / channels,
    sections: value("Z"),
    times: value("T"),
  });
}

/** Sections may be called times, as they often are, but not be both. */
function refuseAxes(
  what: string,
  axes: Readonly<Record<string, number>>,
): void {
  const found = Object.entries(axes).filter(([, count]) => count > 1);
  if (found.length < 2 && !(axes["channels"]! > 1)) return;
  const list = found.map(([axis, count]) => `${count} ${axis}`).join(" of ");
  throw new Unreadable(
    `it is an ${what} of ${list}, and which of them are sections is not known`
      .replace("an stack", "a stack"),
    split,
  );
}

/** The layout of a picture some places behind one that is not packed. */
export function shifted(layout: Layout, places: number): Layout {
  const bytes = places * pictureBytes(layout);
  return { ...layout, offsets: layout.offsets.map((offset) => offset + bytes) };
}

/** Bytes of a picture that is not packed. */
export function pictureBytes({ counts }: Layout): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Whether the strips of a page follow each other, not packed. */
export function isInOnePiece(layout: Layout): boolean {
  const { compression, isTiled, offsets, counts } = layout;
  return compression === 1 && !isTiled &&
    offsets.every((offset, i) =>
      i === 0 || offset === offsets[i - 1]! + counts[i - 1]!
    );
}
