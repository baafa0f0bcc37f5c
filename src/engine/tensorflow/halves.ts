import { convolutions, type HalfPolicy } from "../vocabulary/half.ts";

/** What TensorFlow's kernels for processors gain by computing with 16 bits. */
export const tensorflowHalves: HalfPolicy = {
  always: convolutions,
  between: new Map([
    ["Relu", [0]],
    ["ReluGrad", [0, 1]],
    ["FusedBatchNormV3", [0]],
    ["FusedBatchNormGradV3", [0, 1]],
    ["Add", [0, 1]],
    ["AddV2", [0, 1]],
    ["MaxPool", [0]],
    ["MaxPoolGrad", [0, 1, 2]],
    ["Reshape", [0]],
  ]),
  passing: new Set(), // its casts are work
  normalisedChannels: 16, // others take 20 times as long in the library
};
