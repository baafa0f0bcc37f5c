/**
 * Differentiable operations that are right on every engine. tfjs has most of
 * them, but some of its gradients are wrong or missing; see each one's tests.
 *
 * @module
 */
export * from "./avg_pool3d.ts";
export * from "./batch_norm.ts";
export * from "./constant.ts";
export { conv3d, type ConvOptions } from "./conv3d.ts";
export * from "./conv_transpose3d.ts";
export * from "./dropout.ts";
export * from "./gelu.ts";
export * from "./gradients.ts";
export * from "./group_norm.ts";
export * from "./leaky_relu.ts";
export { maxPool3d } from "./max_pool3d.ts";
export * from "./max_pool_centred.ts";
export * from "./noise.ts";
export * from "./recompute.ts";
export * from "./relu.ts";
export * from "./select.ts";
export * from "./swish.ts";
export * from "./upsample3d.ts";
