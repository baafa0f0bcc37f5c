/**
 * How each operation of TensorFlow is written in StableHLO. To add one, write
 * its entry in the table of its kind.
 *
 * @module
 */
import type { Lowering } from "./_lowering.ts";
import { binaryLowerings } from "./binary.ts";
import { convolutionLowerings } from "./convolution.ts";
import { normLowerings } from "./norm.ts";
import { poolLowerings } from "./pool.ts";
import { productLowerings } from "./product.ts";
import { reductionLowerings } from "./reduction.ts";
import { resizeLowerings } from "./resize.ts";
import { shapeLowerings } from "./shape.ts";
import { unaryLowerings } from "./unary.ts";

/** Lowerings by TensorFlow's names of operations. */
export const lowerings: ReadonlyMap<string, Lowering> = new Map(
  [
    binaryLowerings,
    convolutionLowerings,
    normLowerings,
    poolLowerings,
    productLowerings,
    reductionLowerings,
    resizeLowerings,
    shapeLowerings,
    unaryLowerings,
  ].flatMap((table) => Object.entries(table)),
);
