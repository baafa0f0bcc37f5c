import type { Cursor } from "./bytes.ts";

/** Sign, exponent and mantissa of floats as IEEE 754 has them, by their bytes. */
const ieee: Readonly<Record<number, readonly number[]>> = {
  2: [15, 10, 5, 0, 10],
  4: [31, 23, 8, 0, 23],
  8: [63, 52, 11, 0, 52],
};

/**
 * Whether a type that takes some bytes uses all of their bits as processors do:
 * bfloat16 does not, nor do 12 bits in 16 (message "datatype", HDF5 file format
 * specification, IV.A.2.d). Types that are neither whole numbers nor floats do.
 */
export function isUsualForm(body: Cursor): boolean {
  const type = body.number(1) & 0x0f;
  if (type > 1) return true;
  const sign = body.skip(1).number(1), bytes = body.skip(1).number(4);
  const offset = body.number(2), precision = body.number(2);
  if (offset !== 0 || precision !== 8 * bytes) return false;
  if (type === 0) return true;
  const parts = [sign, ...Array.from({ length: 4 }, () => body.number(1))];
  return parts.every((part, i) => part === ieee[bytes]?.[i]);
}
