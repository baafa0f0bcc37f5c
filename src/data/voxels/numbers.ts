/** How an array stores its numbers: signed, unsigned or float, and its bits. */
export type NumberKind =
  | "bool"
  | "i8"
  | "i16"
  | "i32"
  | "i64"
  | "u8"
  | "u16"
  | "u32"
  | "u64"
  | "f16"
  | "f32"
  | "f64";

/** The numbers of an array. */
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

/** The bytes of one number. */
export function bytesOf(kind: NumberKind): number {
  return kind === "bool" ? 1 : Number(kind.slice(1)) / 8;
}

/** Numbers out of the bytes that hold them, little-endian; f16 become f32. */
export function numbersOf(kind: NumberKind, bytes: Uint8Array): Numbers {
  const buffer = bytes.buffer as ArrayBuffer;
  if (kind === "f16") return Float32Array.from(new Float16Array(buffer));
  return new {
    bool: Uint8Array,
    i8: Int8Array,
    i16: Int16Array,
    i32: Int32Array,
    i64: BigInt64Array,
    u8: Uint8Array,
    u16: Uint16Array,
    u32: Uint32Array,
    u64: BigUint64Array,
    f32: Float32Array,
    f64: Float64Array,
  }[kind](buffer);
}
