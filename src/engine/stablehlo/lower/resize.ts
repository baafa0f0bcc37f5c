import { dataTypes } from "../../vocabulary/types.ts";
import { convert } from "../emit/arithmetic.ts";
import { interleave } from "../emit/interleave.ts";
import { reduce } from "../emit/reduce.ts";
import { reshape } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import { enlarge, gatherEnlarged } from "./_bilinear.ts";
import type { Lowerings } from "./_lowering.ts";

/** The axes of images `[N, H, W, C]` that are enlarged. */
const axes = [1, 2] as const;

/** Enlargements of images by whole factors. */
export const resizeLowerings: Lowerings = {
  ResizeBilinear(operation) {
    checkCentres(operation);
    const [x] = operation.inputs, [h, w] = operation.numbers(1);
    const factors = factorsOf(operation, [x!.shape, [0, h!, w!]]);
    const wide = convert(x!, dataTypes.TF_FLOAT);
    const y = enlarge(wide, [factors[0]!, factors[1]!]);
    return convert(y, x!.dtype); // TensorFlow's always has 32 bits
  },

  ResizeBilinearGrad(operation) {
    checkCentres(operation);
    const [dy, x] = operation.inputs;
    const factors = factorsOf(operation, [x!.shape, dy!.shape]);
    const dx = axes.reduce(
      (d, axis) => gatherEnlarged(d, { axis, factor: factors[axis - 1]! }),
      convert(dy!, dataTypes.TF_FLOAT),
    );
    return convert(dx, x!.dtype);
  },

  ResizeNearestNeighbor(operation) {
    const [x] = operation.inputs, [h, w] = operation.numbers(1);
    const factors = factorsOf(operation, [x!.shape, [0, h!, w!]]);
    return axes.reduce(
      (y, axis) => interleave(Array(factors[axis - 1]).fill(y), axis),
      x!,
    );
  },

  ResizeNearestNeighborGrad(operation) {
    const [dy] = operation.inputs, [n, , , c] = dy!.shape;
    const [h, w] = operation.numbers(1);
    const [fh, fw] = factorsOf(operation, [[0, h!, w!], dy!.shape]);
    const windows = reshape(dy!, [n!, h!, fh!, w!, fw!, c!]);
    return reduce(windows, { by: "add", axes: [2, 4] });
  },
};

/** By what rows and columns become more. */
function factorsOf(
  operation: Operation,
  [from, to]: readonly [readonly number[], readonly number[]],
): number[] {
  const factors = axes.map((axis) => to[axis]! / from[axis]!);
  if (factors.every((factor) => Number.isInteger(factor))) return factors;
  throw operation.refusal(
    `it makes images of ${to[1]} x ${to[2]} of ones of ${from[1]} x ${
      from[2]
    }, which is not by whole factors`,
  );
}

function checkCentres(operation: Operation): void {
  const isHalfPixel = operation.flag("half_pixel_centers") &&
    !operation.flag("align_corners");
  if (!isHalfPixel) {
    throw operation.refusal("it does not align the centres of pixels");
  }
}
