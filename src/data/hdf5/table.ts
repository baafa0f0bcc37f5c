import type { Dataset, File, Group } from "h5wasm/node";
import type { Numbers } from "../voxels/mod.ts";

/** Numbers or texts of any shape, as HDF5 keeps them. */
export interface Hdf5Values {
  /** Extent along each axis; none for a single value. */
  readonly shape: readonly number[];
  /** Their type in h5wasm's words, such as `<d` or `S`. */
  readonly dtype: string;
  /** The values, the last axis fastest. */
  readonly values: Numbers | readonly string[];
}

/** Attributes by name. */
export type Hdf5Attributes = Readonly<Record<string, Hdf5Values>>;

/** A dataset that is small enough to be read at once. */
export interface Hdf5Table extends Hdf5Values {
  /** What stands beside it. */
  readonly attributes: Hdf5Attributes;
}

/** What of an open file holds values. */
interface Holder {
  readonly dtype: unknown;
  readonly shape: number[] | null;
  readonly value: unknown;
}

/** A single text. */
export function textValue(text: string): Hdf5Values {
  return { shape: [], dtype: "S", values: [text] };
}

/** Values of a dataset or an attribute; undefined for records, references and the like. */
export function valuesOf(
  { dtype, shape, value }: Holder,
): Hdf5Values | undefined {
  if (typeof dtype !== "string" || shape === null) return undefined;
  const values = typeof value === "string"
    ? [value]
    : typeof value === "number"
    ? Float64Array.of(value)
    : typeof value === "bigint"
    ? BigInt64Array.of(value)
    : Array.isArray(value) && value.every((one) => typeof one === "string")
    ? value
    : ArrayBuffer.isView(value)
    ? value as Numbers
    : undefined;
  return values && { shape, dtype, values };
}

/** The attributes that hold values. */
export function attributesIn(holder: Dataset | Group): Hdf5Attributes {
  return Object.fromEntries(
    Object.entries(holder.attrs).flatMap(([name, attribute]) => {
      const values = valuesOf(attribute);
      return values ? [[name, values]] : [];
    }),
  );
}

/** Writes attributes beside what is there. */
export function writeAttributes(
  holder: Dataset | Group,
  attributes: Hdf5Attributes,
): void {
  for (const [name, { shape, dtype, values }] of Object.entries(attributes)) {
    const value = shape.length === 0 ? values[0]! : values;
    holder.create_attribute(name, value as never, [...shape], dtype);
  }
}

/** Writes a table into groups that are there or made. */
export function writeTable(
  file: File,
  { name, shape, dtype, values, attributes }: Hdf5Table & {
    readonly name: string;
  },
): void {
  makeGroups(file, name);
  const dataset = file.create_dataset({
    name,
    data: (shape.length === 0 ? values[0]! : values) as never,
    shape: [...shape],
    dtype,
  });
  writeAttributes(dataset, attributes);
}

/** Makes the groups that a dataset lies in, as far as they are missing. */
export function makeGroups(file: File, name: string): void {
  const folders = name.split("/").slice(0, -1);
  folders.forEach((_, i) => {
    const folder = folders.slice(0, i + 1).join("/");
    if (!file.get(folder)) file.create_group(folder);
  });
}
