import type { Metadata } from "h5wasm/node";

/** How a dataset stores its numbers: signed, unsigned or float, and its bits. */
export type NumberKind =
  | "i8"
  | "i16"
  | "i32"
  | "i64"
  | "u8"
  | "u16"
  | "u32"
  | "u64"
  | "f32"
  | "f64";

/** The numbers of a dataset. */
export type Numbers =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Numbers as they are written: the array type decides the {@linkcode NumberKind}. */
export type WritableNumbers =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array;

/** The kind of a dataset, or undefined if it holds no numbers. */
export function kindOf(metadata: Metadata): NumberKind | undefined {
  const letter = ["iu"[metadata.signed ? 0 : 1], "f"][metadata.type];
  const kind = `${letter}${metadata.size * 8}`;
  return /^([iu](8|16|32|64)|f(32|64))$/.test(kind)
    ? kind as NumberKind
    : undefined;
}

/** The code h5wasm writes a type of array by, little-endian as in h5py. */
export function dtypeOf(numbers: WritableNumbers): string {
  if (numbers instanceof Uint8Array) return "<B";
  if (numbers instanceof Uint16Array) return "<H";
  if (numbers instanceof Uint32Array) return "<I";
  if (numbers instanceof BigUint64Array) return "<Q";
  return "<f";
}
