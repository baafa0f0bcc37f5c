import {
  commonBetween,
  convolutions,
  type HalfPolicy,
} from "../vocabulary/half.ts";

/**
 * What computes with 16 bits on devices: convolutions, and whatever hands
 * features from one to the next, so that memory holds 16 bits of each. Inside,
 * statistics and sums have 32.
 */
export const deviceHalves: HalfPolicy = {
  always: convolutions,
  between: new Map([
    ...commonBetween,
    ["Elu", [0]],
    ["EluGrad", [0, 1]],
    ["LeakyRelu", [0]],
    ["LeakyReluGrad", [0, 1]],
    ["ResizeBilinear", [0]],
    ["ResizeBilinearGrad", [0, 1]],
    ["ResizeNearestNeighbor", [0]],
    ["AvgPool", [0]],
    ["AvgPoolGrad", [1]],
    ["PadV2", [0, 2]],
    ["Slice", [0]],
    ["Transpose", [0]],
  ]),
  passing: new Set(["Cast", "Identity"]),
  normalisedChannels: 1,
};
