import type { ElementType } from "../pjrt/mod.ts";
import { dataTypes } from "../vocabulary/types.ts";

const types: readonly (readonly [dtype: number, type: ElementType])[] = [
  [dataTypes.TF_FLOAT, "f32"],
  [dataTypes.TF_INT32, "s32"],
  [dataTypes.TF_INT64, "s64"],
  [dataTypes.TF_BOOL, "pred"],
  [dataTypes.TF_UINT8, "u8"],
  [dataTypes.TF_BFLOAT16, "bf16"],
];

/** XLA's name of a type that TensorFlow numbers. */
export function elementTypeOf(dtype: number): ElementType {
  const found = types.find(([number]) => number === dtype);
  if (found) return found[1];
  throw new TypeError(
    `Cannot compute with numbers of TensorFlow's type ${dtype}`,
  );
}

/** TensorFlow's number of a type that XLA names. */
export function dtypeOf(type: ElementType): number {
  const found = types.find(([, name]) => name === type);
  if (found) return found[0];
  throw new TypeError(`Cannot use results of XLA's type ${type}`);
}
