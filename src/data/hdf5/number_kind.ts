import type { Metadata } from "h5wasm/node";
import type { NumberKind, Numbers } from "../voxels/mod.ts";

/** Numbers as they are written: the array type decides the {@linkcode NumberKind}. */
export type WritableNumbers = Numbers;

/** Classes of types, as HDF5 numbers them. */
const integer = 0, float = 1, bitfield = 4, enumeration = 8;

/** What the other classes hold, in the user's words. */
const otherWords: Readonly<Record<number, string>> = {
  2: "times",
  3: "text",
  5: "opaque bytes",
  6: "records of several fields",
  7: "references",
  9: "lists",
  10: "arrays",
};

/** The kind of a dataset, or undefined if it holds no numbers that are read here. */
export function kindOf(metadata: Metadata): NumberKind | undefined {
  const { type, size, enum_type: names } = metadata;
  if (type === bitfield && size === 1) return "bool"; // as PyTables writes them
  if (type === enumeration && size === 1 && isBoolean(names!.members)) {
    return "bool"; // as h5py writes them
  }
  const isInteger = type === integer || type === enumeration;
  if (isInteger && [1, 2, 4, 8].includes(size)) {
    return `${metadata.signed ? "i" : "u"}${8 * size}` as NumberKind;
  }
  if (type === float && [2, 4, 8].includes(size)) {
    return `f${8 * size}` as NumberKind;
  }
  return undefined;
}

function isBoolean(members: Readonly<Record<string, number>>): boolean {
  const named = Object.entries(members)
    .map(([name, value]) => `${name.toLowerCase()} ${value}`);
  return named.length === 2 && named.includes("false 0") &&
    named.includes("true 1");
}

/** Whether numbers are stored with their highest byte first. */
export function isBigEndian({ littleEndian, size }: Metadata): boolean {
  return !littleEndian && size > 1;
}

/** What a dataset without a {@linkcode NumberKind} holds, in words. */
export function contentOf({ type, size }: Metadata): string {
  return otherWords[type] ?? `numbers of ${8 * size} bits`;
}

/** The code h5wasm writes a type of array by, little-endian as in h5py. */
export function dtypeOf(numbers: WritableNumbers): string {
  const code = codes.find(([type]) => numbers instanceof type)![1];
  return `<${code}`;
}

/** Python's codes of types. */
const codes = [
  [Int8Array, "b"],
  [Uint8Array, "B"],
  [Int16Array, "h"],
  [Uint16Array, "H"],
  [Int32Array, "i"],
  [Uint32Array, "I"],
  [BigInt64Array, "q"],
  [BigUint64Array, "Q"],
  [Float32Array, "f"],
  [Float64Array, "d"],
] as const;
