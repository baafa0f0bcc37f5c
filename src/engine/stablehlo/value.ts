import type { TensorSpec } from "../vocabulary/types.ts";
import type { Value } from "../vocabulary/recorder.ts";
import type { Lines } from "./lines.ts";

/** A value on its way through a program in StableHLO. */
export interface HloValue extends Value {
  /** What the text calls it, such as `%7`. */
  readonly name: string;
  /** The text it stands in. */
  readonly lines: Lines;
  /** Its numbers, where they are known already. */
  readonly constant?: readonly number[] | undefined;
}

/** Something to compute with: a value, or a number of the other one's type. */
export type Operand = HloValue | number;

/** How many numbers a value has. */
export function sizeOfValue({ shape }: TensorSpec): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
