/**
 * What tensors are computed by: TensorFlow's C library, or plain JavaScript
 * where there is none; and operations whose gradients are right on both. The
 * only module that knows a backend by name.
 *
 * @module
 */
export { isNativeReady, openEngine } from "./open.ts";
export * from "./op/mod.ts";
export * from "./types.ts";
