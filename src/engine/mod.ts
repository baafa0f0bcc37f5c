/**
 * What tensors are computed by: TensorFlow's C library on processors, XLA by
 * PJRT plugins on accelerators, or plain JavaScript where neither is to be had;
 * and operations whose gradients are right on all. The only module that knows a
 * backend by name.
 *
 * @module
 */
export {
  type EngineName,
  engineNames,
  engines,
  type Precision,
  precisionNames,
  precisions,
} from "./names.ts";
export { openEngine } from "./open.ts";
export * from "./op/mod.ts";
export { inPart } from "./part.ts";
export * from "./pjrt/places.ts";
export { type SelfTest, selfTest } from "./selftest.ts";
export * from "./setup_engine.ts";
export { type InstallOptions } from "./setup/obtain.ts";
export { type Installed } from "./setup/ready.ts";
export { cacheFolder } from "./setup/place.ts";
export * from "./status.ts";
export {
  type ConvolutionSize,
  type ConvolutionTime,
  timeConvolution,
} from "./time_convolution.ts";
export * from "./types.ts";
export { type Card, findNvidia, type Nvidia } from "./xla/cards.ts";
