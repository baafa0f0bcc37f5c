import { dataTypes } from "../../vocabulary/types.ts";
import {
  add,
  convert,
  divide,
  maximum,
  multiply,
  subtract,
  unary,
} from "../emit/arithmetic.ts";
import { sum } from "../emit/reduce.ts";
import { along, reshape, slice } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import { type HloValue, sizeOfValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Normalisation by the statistics of a batch `[N, H, W, C]`; in 32 bits throughout. */
export const normLowerings: Lowerings = {
  FusedBatchNormV3(operation) {
    const [image, gamma, beta, givenMean, givenVariance] = operation
      .inputs as HloValue[];
    const x = widened(operation, image!), { row, count } = channels(x);
    const isTraining = operation.attribute("is_training", true);
    const { mean, variance } = isTraining
      ? moments(x)
      : { mean: givenMean!, variance: givenVariance! };
    const epsilon = operation.attribute("epsilon", 1e-4);
    const inverse = unary("rsqrt", add(variance, epsilon)); // [C]
    const unit = multiply(subtract(x, row(mean)), row(inverse));
    const y = add(multiply(unit, row(gamma!)), row(beta!));
    const unbiased = isTraining && count > 1
      ? multiply(variance, count / (count - 1))
      : variance;
    return [
      convert(y, image!.dtype),
      mean,
      unbiased,
      mean, // what the gradient needs, from here on
      inverse,
      inverse,
    ];
  },

  FusedBatchNormGradV3(operation) {
    const [given, image, gamma, mean, inverse] = operation.inputs as HloValue[];
    const dy = widened(operation, given!), x = widened(operation, image!);
    const { row, count } = channels(x);
    const unit = multiply(subtract(x, row(mean!)), row(inverse!));
    const dBeta = sum(dy, [0, 1, 2]),
      dGamma = sum(multiply(dy, unit), [0, 1, 2]);
    const shared = add(
      row(divide(dBeta, count)),
      multiply(unit, row(divide(dGamma, count))),
    );
    const scale = row(multiply(gamma!, inverse!));
    const dx = multiply(subtract(dy, shared), scale);
    const none = x.lines.splat({ shape: [0], dtype: x.dtype }, 0);
    return [convert(dx, image!.dtype), dGamma, dBeta, none, none];
  },
};

/**
 * Mean and mean squared deviation of each channel, from sums over one reading of
 * the data: of the distances to a voxel in the middle, so that a mean far from 0
 * takes no digits.
 */
function moments(x: HloValue): { mean: HloValue; variance: HloValue } {
  const { row, count } = channels(x);
  const middle = x.shape.map((extent, axis) => axis === 3 ? 0 : extent >> 1);
  const end = x.shape.map((extent, axis) =>
    axis === 3 ? extent : middle[axis]! + 1
  );
  const centre = reshape(slice(x, { start: middle, end }), [x.shape[3]!]);
  const distance = subtract(x, row(centre));
  const first = divide(sum(distance, [0, 1, 2]), count);
  const second = divide(sum(multiply(distance, distance), [0, 1, 2]), count);
  return {
    mean: add(centre, first),
    variance: maximum(subtract(second, multiply(first, first)), 0),
  };
}

function channels(x: HloValue) {
  return {
    /** One number for each channel, at each voxel. */
    row: (numbers: HloValue) => along(numbers, { shape: x.shape, axes: [3] }),
    /** Voxels of the batch. */
    count: sizeOfValue(x) / x.shape[3]!,
  };
}

function widened(operation: Operation, x: HloValue): HloValue {
  if (operation.attribute("data_format", "NHWC") !== "NHWC") {
    throw operation.refusal("its channels do not come last");
  }
  return convert(x, dataTypes.TF_FLOAT);
}
