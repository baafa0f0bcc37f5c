/**
 * Pictures of TIFF and BigTIFF files.
 *
 * @module
 */
export { isTiff } from "./directory.ts";
export { type TiffPage, tiffPages, tiffPictures } from "./pictures.ts";
