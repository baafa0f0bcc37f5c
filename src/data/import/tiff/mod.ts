/**
 * Pictures of TIFF and BigTIFF files.
 *
 * @module
 */
export { isTiff } from "./directory.ts";
export { tiffPictures } from "./pictures.ts";
