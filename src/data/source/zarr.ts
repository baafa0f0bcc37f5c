import { openZarr } from "../zarr/mod.ts";
import { defineFolderSource } from "./_folder_source.ts";

/**
 * A folder of Zarr, version 2 or 3, sharded or not: grey values and cleft ids as
 * arrays in it. Where they lie is said by OME-Zarr's multiscales (0.4, 0.5) with
 * their units, or by `resolution` and `offset` in nm as CREMI has them.
 */
export const zarr = defineFolderSource({
  name: "zarr",
  summary: "Folder of Zarr 2 or 3, plain or OME-Zarr",
  open: openZarr,
});
