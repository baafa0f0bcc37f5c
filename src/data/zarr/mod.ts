/**
 * Hierarchies of Zarr in and out. The only folder that knows zarrita.
 *
 * @module
 */
export { openZarr } from "./container.ts";
export { createZarr } from "./write.ts";
