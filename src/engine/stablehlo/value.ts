import type { TensorSpec } from "../vocabulary/types.ts";
import type { HloValue } from "./lines.ts";

export type { HloValue } from "./lines.ts";

/** Something to compute with: a value, or a number of the other one's type. */
export type Operand = HloValue | number;

/** How many numbers a value has. */
export function sizeOfValue({ shape }: TensorSpec): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
