import type { DeviceBuffer } from "../pjrt/mod.ts";
import { dataTypes, type TensorSpec } from "../vocabulary/types.ts";
import { dtypeOf } from "./_element_type.ts";

/** A tensor in a device's memory. */
export interface DeviceTensor {
  /** Its extents and type, as TensorFlow numbers it. */
  readonly spec: TensorSpec;
  /** Where its numbers are. */
  readonly buffer: DeviceBuffer;
  /** A copy of them, of few whole numbers that came from here: shapes and axes. */
  readonly known: readonly number[] | null;
}

/** Whole numbers up to which a copy is kept. */
const KNOWN_SIZE = 64;

/** What was uploaded. */
export function uploaded(
  spec: TensorSpec,
  { values, buffer }: {
    readonly values: ArrayBufferView;
    readonly buffer: DeviceBuffer;
  },
): DeviceTensor {
  const isKnown = spec.dtype === dataTypes.TF_INT32 &&
    values.byteLength <= 4 * KNOWN_SIZE;
  const known = isKnown ? [...values as Int32Array] : null;
  return { spec, buffer, known };
}

/** What was computed. */
export function computed(buffer: DeviceBuffer): DeviceTensor {
  const spec = { shape: buffer.shape, dtype: dtypeOf(buffer.type) };
  return { spec, buffer, known: null };
}
