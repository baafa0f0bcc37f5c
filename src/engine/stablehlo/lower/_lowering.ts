import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";

/** Writes an operation of TensorFlow in StableHLO; gives its results. */
export type Lowering = (
  operation: Operation,
) => HloValue | readonly HloValue[];

/** Lowerings by TensorFlow's names of operations. */
export type Lowerings = Readonly<Record<string, Lowering>>;
