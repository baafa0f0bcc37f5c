/**
 * How each operation of TensorFlow is written in StableHLO. To add one, write
 * its entry in the table of its kind.
 *
 * @module
 */
import type { Lowering } from "./_lowering.ts";
import { activationLowerings } from "./activation.ts";
import { binaryLowerings } from "./binary.ts";
import { convolutionLowerings } from "./convolution.ts";
import { indexLowerings } from "./index.ts";
import { normLowerings } from "./norm.ts";
import { orderLowerings } from "./order.ts";
import { poolLowerings } from "./pool.ts";
import { productLowerings } from "./product.ts";
import { randomLowerings } from "./random.ts";
import { reductionLowerings } from "./reduction.ts";
import { repeatLowerings } from "./repeat.ts";
import { resizeLowerings } from "./resize.ts";
import { scanLowerings } from "./scan.ts";
import { selectLowerings } from "./select.ts";
import { sequenceLowerings } from "./sequence.ts";
import { shapeLowerings } from "./shape.ts";
import { stridedSliceLowerings } from "./strided_slice.ts";
import { unaryLowerings } from "./unary.ts";

/** Lowerings by TensorFlow's names of operations. */
export const lowerings: ReadonlyMap<string, Lowering> = new Map(
  [
    activationLowerings,
    binaryLowerings,
    convolutionLowerings,
    indexLowerings,
    normLowerings,
    orderLowerings,
    poolLowerings,
    productLowerings,
    randomLowerings,
    reductionLowerings,
    repeatLowerings,
    resizeLowerings,
    scanLowerings,
    selectLowerings,
    sequenceLowerings,
    shapeLowerings,
    stridedSliceLowerings,
    unaryLowerings,
  ].flatMap((table) => Object.entries(table)),
);
