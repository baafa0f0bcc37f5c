import type { Pixels } from "./picture.ts";
import { convertToGrey, Unreadable } from "./unreadable.ts";

/** What the numbers of a pixel are. */
export interface Channels {
  /** How many numbers a pixel has. */
  readonly count: number;
  /** How many of them, the first ones, are grey or red, green and blue. */
  readonly colours: 1 | 3;
  /** What stands for white, and for fully opaque. */
  readonly white: number;
}

/**
 * The grey of pixels `[N, C]`, which is the first of their numbers where the
 * colours are greys and the rest is an alpha channel that hides nothing.
 *
 * @throws {Unreadable} If there are colours, transparent pixels or other channels.
 */
export function greyOf<Numbers extends Pixels>(
  pixels: Numbers,
  { count, colours, white }: Channels,
): Numbers {
  if (count === 1) return pixels;
  const grey = pixels.slice(0, pixels.length / count) as Numbers;
  for (let i = 0, from = 0; i < grey.length; i++, from += count) {
    const value = pixels[from]!;
    for (let channel = 1; channel < count; channel++) {
      const other = pixels[from + channel]!;
      if (other === (channel < colours ? value : white)) continue;
      throw unlike(channel, { count, colours });
    }
    grey[i] = value;
  }
  return grey;
}

function unlike(
  channel: number,
  { count, colours }: Omit<Channels, "white">,
): Unreadable {
  if (channel < colours) {
    return new Unreadable("it is in colour", convertToGrey);
  }
  if (count - colours > 1) {
    return new Unreadable(
      `it has ${count} channels`,
      "Save the channel that is meant on its own (ImageJ: Image > Color > " +
        "Split Channels)",
    );
  }
  return transparent();
}

/** The refusal of a picture whose look depends on what lies beneath. */
export function transparent(): Unreadable {
  return new Unreadable(
    "some of it is transparent, and what is meant there is not said",
    "Flatten it onto black: magick IN -background black -alpha remove -alpha off OUT",
  );
}

/**
 * The greys that indices into a palette stand for, of 8 bits.
 *
 * @throws {Unreadable} If one is a colour, transparent or outside the palette.
 */
export function lookUp(
  indices: ArrayLike<number>,
  palette: readonly (readonly number[])[],
): Uint8Array {
  return Uint8Array.from(indices, (index) => {
    const [red, green, blue, alpha = 255] = palette[index] ?? [];
    if (red === undefined) {
      throw new Unreadable("a pixel is outside the palette");
    }
    if (alpha !== 255) throw transparent();
    if (red === green && red === blue) return red;
    throw new Unreadable(
      "it has a palette of colours",
      "Save it as grey values, ids as they are (ImageJ: Image > Lookup Tables > " +
        "Grays, then Save As)",
    );
  });
}
