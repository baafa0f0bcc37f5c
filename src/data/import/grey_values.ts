import { ExperimentError } from "@/core/mod.ts";
import { kindOfPixels, type Pixels } from "./picture.ts";
import type { Stack } from "./stack.ts";

/** Grey values as volumes hold them: 8 or 16 bits, or floats from 0 to 1. */
export type GreyValues = Uint8Array | Uint16Array | Float32Array;

/** How the numbers of a stack become grey values. */
export interface GreyForm {
  /** Bits of a grey value. */
  readonly bits: 8 | 16 | 32;
  /** What a user should know of it; undefined where nothing is changed. */
  readonly note?: string;
  /** Makes grey values of the numbers of a section. */
  of(pixels: Pixels): GreyValues;
}

/**
 * How the numbers of grey pictures are stored: those of 8 and 16 bits as they
 * are, others where all of them have a place among those. Nothing is scaled or
 * rounded; where signed numbers go below 0, half of their range is added, which
 * is how ImageJ shows them.
 *
 * @throws {ExperimentError} If some of them have no place.
 */
export function greyForm({ kind, range, pattern, option }: Stack): GreyForm {
  const { low, high, isWhole } = range;
  const isFloat = kind instanceof Float32Array || kind instanceof Float64Array;
  if (isFloat && low >= 0 && high <= 1) {
    return { bits: 32, of: (pixels) => Float32Array.from(pixels) };
  }
  const isSigned = kind instanceof Int8Array || kind instanceof Int16Array;
  const added = isSigned && low < 0 ? 2 ** (8 * kind.BYTES_PER_ELEMENT - 1) : 0;
  if (isWhole && low + added >= 0 && high + added <= 65535) {
    const isNarrow = kind.BYTES_PER_ELEMENT === 1 ||
      kind.BYTES_PER_ELEMENT > 2 && high <= 255;
    return {
      bits: isNarrow ? 8 : 16,
      ...(added > 0 && {
        note: `"${pattern}" has signed numbers from ${low} to ${high}: ` +
          `${added} is added to each, so that none is below 0`,
      }),
      of: (pixels) =>
        isNarrow
          ? shifted(pixels, added, Uint8Array)
          : shifted(pixels, added, Uint16Array),
    };
  }
  throw new ExperimentError(
    `Cannot take grey values from "${pattern}": it has ${
      kindOfPixels(kind)
    }, ` +
      `from ${low} to ${high}`,
    {
      where: option,
      fix:
        "Convert to 8 or 16 bits (ImageJ: Image > Type > 16-bit), or scale " +
        "floats to 0 to 1",
    },
  );
}

function shifted(
  pixels: Pixels,
  added: number,
  Grey: Uint8ArrayConstructor | Uint16ArrayConstructor,
): Uint8Array | Uint16Array {
  if (pixels instanceof Grey) return pixels;
  const grey = new Grey(pixels.length);
  for (let i = 0; i < grey.length; i++) grey[i] = pixels[i]! + added;
  return grey;
}
