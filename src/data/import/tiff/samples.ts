import { Buffer } from "node:buffer";
import { unpackBits } from "../_bits.ts";
import type { Pixels } from "../picture.ts";
import { convertToGrey, Unreadable } from "../unreadable.ts";

/** How the numbers of a picture are stored. */
export interface SampleForm {
  /** Bits of a number. */
  readonly bits: number;
  /** What they are, as the tag SampleFormat has it. */
  readonly format: number;
  /** How they were made smaller, as the tag Predictor has it. */
  readonly predictor: number;
  /** Whether the lower byte of a number comes first. */
  readonly isLittle: boolean;
}

const UNSIGNED = 1, SIGNED = 2, FLOAT = 3;

/** Floats of this machine: the predictor of floats makes them. */
type Bytes = Uint8Array<ArrayBuffer>;

/** Makes the numbers of a strip or tile from a copy of its bytes. */
const arrays: Readonly<Record<string, (bytes: Bytes) => Pixels>> = {
  [`${UNSIGNED} 8`]: (bytes) => bytes,
  [`${UNSIGNED} 16`]: ({ buffer }) => new Uint16Array(buffer),
  [`${UNSIGNED} 32`]: ({ buffer }) => new Uint32Array(buffer),
  [`${SIGNED} 8`]: ({ buffer }) => new Int8Array(buffer),
  [`${SIGNED} 16`]: ({ buffer }) => new Int16Array(buffer),
  [`${SIGNED} 32`]: ({ buffer }) => new Int32Array(buffer),
  [`${FLOAT} 16`]: ({ buffer }) => Float32Array.from(new Float16Array(buffer)),
  [`${FLOAT} 32`]: ({ buffer }) => new Float32Array(buffer),
  [`${FLOAT} 64`]: ({ buffer }) => new Float64Array(buffer),
};

/** @throws {Unreadable} Unless numbers of a form are read. */
export function checkForm({ bits, format, predictor }: SampleForm): void {
  const isWhole = bits % 8 === 0;
  const isRead = `${format} ${bits}` in arrays ||
    format === UNSIGNED && bits >= 1 && bits <= 16;
  if (!isRead) {
    const kind = { [SIGNED]: "signed ", [FLOAT]: "floating-point " }[format] ??
      (format === UNSIGNED ? "" : "unknown ");
    throw new Unreadable(
      `it has ${kind}numbers of ${bits} bits, which are not read`,
      convertToGrey,
    );
  }
  const isSound = predictor === 1 || predictor === 2 && isWhole ||
    predictor === 3 && format === FLOAT;
  if (isSound) return;
  throw new Unreadable(
    `it was made smaller by the predictor ${predictor}, which is not read ` +
      `for numbers of ${bits} bits`,
    "Save it without a predictor: tiffcp -c lzw:1 IN.tif OUT.tif",
  );
}

/**
 * The numbers in rows of bytes, `rows` times `columns` of them; `stride` is how
 * many of a row belong to one pixel.
 */
export function numbersIn(
  packed: Uint8Array,
  { form, rows, columns, stride }: {
    form: SampleForm;
    rows: number;
    columns: number;
    stride: number;
  },
): Pixels {
  const { bits, format, predictor, isLittle } = form;
  if (bits % 8 !== 0) return unpackBits(packed, { rows, columns, bits });
  const bytes = new Uint8Array(packed), rowBytes = columns * bits / 8;
  const row = (y: number) => bytes.subarray(y * rowBytes, (y + 1) * rowBytes);
  if (predictor === 3) {
    for (let y = 0; y < rows; y++) joinPlanes(row(y), stride, bits / 8);
  } else {
    if (!isLittle) swapBytes(bytes, bits);
    if (predictor === 2) {
      for (let y = 0; y < rows; y++) addUp(row(y), stride, bits);
    }
  }
  return arrays[`${format} ${bits}`]!(bytes);
}

function swapBytes(bytes: Bytes, bits: number): void {
  const buffer = Buffer.from(bytes.buffer);
  if (bits === 16) buffer.swap16();
  else if (bits === 32) buffer.swap32();
  else if (bits === 64) buffer.swap64();
}

/** Undoes differences between neighbours (TIFF 6.0, section 14), floats by bits. */
function addUp(row: Bytes, stride: number, bits: number): void {
  const { buffer, byteOffset } = row, count = 8 * row.length / bits;
  if (bits === 64) {
    const numbers = new BigUint64Array(buffer, byteOffset, count);
    for (let i = stride; i < count; i++) numbers[i]! += numbers[i - stride]!;
    return;
  }
  const Numbers = bits === 8
    ? Uint8Array
    : bits === 16
    ? Uint16Array
    : Uint32Array;
  const numbers = new Numbers(buffer, byteOffset, count);
  for (let i = stride; i < count; i++) numbers[i]! += numbers[i - stride]!;
}

/**
 * Undoes the predictor of floats (Adobe's TIFF technical note 3): differences
 * between bytes, of which all first ones of a row come first, then all second
 * ones, whatever the order of bytes in the file.
 */
function joinPlanes(row: Bytes, stride: number, bytes: number): void {
  for (let i = stride; i < row.length; i++) row[i]! += row[i - stride]!;
  const planes = row.slice(), count = row.length / bytes;
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < bytes; byte++) {
      row[i * bytes + byte] = planes[(bytes - 1 - byte) * count + i]!;
    }
  }
}
