/**
 * Programs in StableHLO: the second way to write down what tfjs's kernels for
 * TensorFlow ask for, which every plugin behind the PJRT interface compiles.
 *
 * @module
 */
export * from "./program.ts";
export type { ProgramOptions } from "./operation.ts";
export type { HloValue } from "./value.ts";
