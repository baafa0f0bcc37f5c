/** The type of a buffer's elements, by the name that XLA gives it. */
export type ElementType =
  | "pred"
  | "s8"
  | "s32"
  | "s64"
  | "u8"
  | "u32"
  | "f16"
  | "f32"
  | "f64"
  | "bf16";

/** What the elements of a buffer are: their code in the interface, and their bytes. */
const table: Readonly<Record<ElementType, { code: number; bytes: number }>> = {
  pred: { code: 1, bytes: 1 },
  s8: { code: 2, bytes: 1 },
  s32: { code: 4, bytes: 4 },
  s64: { code: 5, bytes: 8 },
  u8: { code: 6, bytes: 1 },
  u32: { code: 8, bytes: 4 },
  f16: { code: 10, bytes: 2 },
  f32: { code: 11, bytes: 4 },
  f64: { code: 12, bytes: 8 },
  bf16: { code: 13, bytes: 2 },
};

/** Every type that we use. */
export const elementTypes = Object.keys(table) as readonly ElementType[];

/** The number of a type in the interface. */
export function typeCode(type: ElementType): number {
  return table[type].code;
}

/** The type of a number in the interface. */
export function typeOfCode(code: number): ElementType {
  const found = elementTypes.find((type) => table[type].code === code);
  if (!found) throw new RangeError(`Cannot use elements of type ${code}`);
  return found;
}

/** How many bytes an array of a shape takes, without any padding. */
export function byteSize(type: ElementType, shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, table[type].bytes);
}
