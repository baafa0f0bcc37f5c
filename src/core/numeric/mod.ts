/**
 * Numerics of images on `[D, H, W]` arrays, with scipy's semantics.
 *
 * @module
 */
export { mirrored, reflected } from "./_lines.ts";
export * from "./affine_map.ts";
export * from "./assignment.ts";
export * from "./components.ts";
export * from "./count_components.ts";
export * from "./edt.ts";
export * from "./gaussian.ts";
export * from "./interpolate.ts";
export * from "./section_labels.ts";
export * from "./shrink.ts";
export {
  setCubicWeights,
  splineCoefficients,
  zoom,
  zoomAlong,
} from "./spline.ts";
export * from "./values.ts";
