/**
 * Stacks of TIFF files as arrays of voxels.
 *
 * @module
 */
export { openTiffStack } from "./stack.ts";
