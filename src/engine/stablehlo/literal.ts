import { dataTypes } from "../vocabulary/types.ts";
import { isFloat } from "./element_types.ts";

/** A number as StableHLO writes it, exact for its type. */
export function literal(value: number, dtype: number): string {
  if (dtype === dataTypes.TF_BOOL) return value ? "true" : "false";
  if (!isFloat(dtype)) return `${value}`;
  if (!Number.isFinite(value)) return endless(value, dtype);
  if (Object.is(value, -0)) return "-0.0";
  const [digits, exponent] = Math.fround(value).toExponential().split("e");
  return `${digits!.includes(".") ? digits : `${digits}.0`}e${exponent}`;
}

/** Infinities and what is no number, by their bits. */
function endless(value: number, dtype: number): string {
  const isHalf = dtype === dataTypes.TF_BFLOAT16;
  const bits = value === Infinity
    ? "7F80"
    : value === -Infinity
    ? "FF80"
    : "7FC0";
  return `0x${bits}${isHalf ? "" : "0000"}`;
}

/** Any numbers, by their bytes. */
export function hexadecimal(values: ArrayBufferView): string {
  if (values.byteLength === 0) return "";
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return `"0x${bytes.toHex().toUpperCase()}"`;
}
