/**
 * Numerics of images on `[D, H, W]` arrays, with scipy's semantics.
 *
 * @module
 */
export * from "./components.ts";
export * from "./edt.ts";
