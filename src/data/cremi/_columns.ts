import { ExperimentError, type Zyx } from "@/core/mod.ts";
import type { Hdf5File, Hdf5Table } from "../hdf5/mod.ts";
import { annotationsName, locationsName } from "./layout.ts";

/** A dataset of annotations, and where its file is named. */
interface Column {
  readonly name: string;
  readonly where: string;
}

/**
 * Whole numbers, a row for each thing.
 *
 * @throws {ExperimentError} If they are missing or no such.
 */
export function readIds(
  file: Hdf5File,
  { columns, ...column }: Column & { readonly columns: 1 | 2 },
): readonly bigint[] {
  const fix = columns === 1
    ? "Write one id for each, a whole number from 0, best as u64"
    : "Write two ids for each, presynaptic and postsynaptic, best as u64";
  const { values, shape } = tableOf(file, { ...column, fix });
  if (!isWhole(values)) {
    throw refuse(file, { ...column, why: "they are no ids", fix });
  }
  const isShaped = columns === 1
    ? shape.length === 1
    : shape.length === 2 && shape[1] === 2;
  if (values.length > 0 && !isShaped) {
    throw refuse(file, { ...column, why: `it is ${shape.join(" × ")}`, fix });
  }
  const ids = Array.from(values as Iterable<number | bigint>, BigInt);
  const bad = ids.find((id) => id < 0n);
  if (bad === undefined) return ids;
  throw refuse(file, { ...column, why: `one id is ${bad}`, fix });
}

/**
 * Texts, one for each thing.
 *
 * @throws {ExperimentError} If they are missing or no such.
 */
export function readTexts(file: Hdf5File, column: Column): readonly string[] {
  const fix = "Write one text for each";
  const { values } = tableOf(file, { ...column, fix });
  if (Array.isArray(values)) return values;
  if (values.length === 0) return [];
  throw refuse(file, { ...column, why: "they are no texts", fix });
}

/** The points of annotations as they are stored. */
export interface Locations {
  /** Rows of z, y and x in nanometres, counted from the offset. */
  readonly table: Hdf5Table & { readonly values: Float64Array | Float32Array };
  /** Where they count from, in nanometres. */
  readonly offsetNm: Zyx;
}

/**
 * Reads where the points of annotations lie.
 *
 * @throws {ExperimentError} If they are missing or no points.
 */
export function readLocations(file: Hdf5File, where: string): Locations {
  const column = { name: locationsName, where };
  const fix = "Write a row of z, y and x in nanometres for each point";
  const table = tableOf(file, { ...column, fix }), { values, shape } = table;
  if (!(values instanceof Float64Array || values instanceof Float32Array)) {
    const why = "they are no floating-point numbers";
    throw refuse(file, { ...column, why, fix });
  }
  if (values.length > 0 && (shape.length !== 2 || shape[1] !== 3)) {
    const why = `they are ${shape.join(" × ")}, not a row of three each`;
    throw refuse(file, { ...column, why, fix });
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) {
    const why = `point ${Math.floor(bad / 3)} has ${values[bad]}`;
    throw refuse(file, { ...column, why, fix });
  }
  return { table: { ...table, values }, offsetNm: offsetOf(file, where) };
}

function offsetOf(file: Hdf5File, where: string): Zyx {
  const { offset } = file.attributes(annotationsName);
  if (!offset) return [0, 0, 0];
  const numbers = Array.from<unknown, number>(offset.values, Number);
  if (
    numbers.length === 3 && numbers.every(Number.isFinite) &&
    typeof offset.values[0] !== "string"
  ) {
    return numbers as unknown as Zyx;
  }
  throw new ExperimentError(
    `Cannot read the attribute "offset" of "${annotationsName}" of ` +
      `"${file.path}": it is ${[...offset.values].join(", ")}, it should be ` +
      "three numbers in nanometres, z y x",
    { where, fix: "Correct the attribute" },
  );
}

function tableOf(
  file: Hdf5File,
  { fix, ...column }: Column & { readonly fix: string },
): Hdf5Table {
  if (!file.has(column.name)) {
    throw refuse(file, { ...column, why: "it is missing", fix });
  }
  const table = file.table(column.name);
  if (table) return table;
  throw refuse(file, {
    ...column,
    why: "it holds neither numbers nor texts",
    fix,
  });
}

function isWhole(values: Hdf5Table["values"]): boolean {
  return ArrayBuffer.isView(values) &&
    !(values instanceof Float64Array || values instanceof Float32Array);
}

function refuse(
  file: Hdf5File,
  { name, where, why, fix }: Column & {
    readonly why: string;
    readonly fix: string;
  },
): ExperimentError {
  return new ExperimentError(
    `Cannot read "${name}" of "${file.path}": ${why}`,
    {
      where,
      fix,
    },
  );
}
