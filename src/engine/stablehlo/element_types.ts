import { dataTypes, type TensorSpec } from "../vocabulary/types.ts";

/** TensorFlow's numbers of whole numbers without a sign, which programs use within. */
export const unsigned = { UINT32: 22, UINT64: 23 } as const;

const names: ReadonlyMap<number, string> = new Map([
  [dataTypes.TF_FLOAT, "f32"],
  [dataTypes.TF_BFLOAT16, "bf16"],
  [dataTypes.TF_INT32, "i32"],
  [dataTypes.TF_INT64, "i64"],
  [dataTypes.TF_BOOL, "i1"],
  [dataTypes.TF_UINT8, "ui8"],
  [unsigned.UINT32, "ui32"],
  [unsigned.UINT64, "ui64"],
]);

/** What StableHLO calls the type of a tensor's numbers. */
export function elementName(dtype: number): string {
  const name = names.get(dtype);
  if (name) return name;
  throw new TypeError(`Cannot use numbers of TensorFlow's type ${dtype}`);
}

/** Whether numbers are fractions. */
export function isFloat(dtype: number): boolean {
  return dtype === dataTypes.TF_FLOAT || dtype === dataTypes.TF_BFLOAT16;
}

/** A tensor's type, such as `tensor<2x3xf32>`. */
export function tensorType({ shape, dtype }: TensorSpec): string {
  return `tensor<${[...shape, elementName(dtype)].join("x")}>`;
}

/** A tensor's type as messages have it, such as `f32[2, 3]`. */
export function shortType({ shape, dtype }: TensorSpec): string {
  return `${elementName(dtype)}[${shape.join(", ")}]`;
}
