import {
  commonBetween,
  convolutions,
  type HalfPolicy,
} from "../vocabulary/half.ts";

/** What TensorFlow's kernels for processors gain by computing with 16 bits. */
export const tensorflowHalves: HalfPolicy = {
  always: convolutions,
  between: commonBetween,
  passing: new Set(), // its casts are work
  normalisedChannels: 16, // others take 20 times as long in the library
};
