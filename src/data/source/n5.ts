import { openN5 } from "../n5/mod.ts";
import { defineFolderSource } from "./_folder_source.ts";

/**
 * A folder of N5: grey values and cleft ids as arrays in it. Where they lie is
 * said by `transform`, `pixelResolution`, or `resolution` and `offset`, the last
 * three x, y, z as all of N5.
 */
export const n5 = defineFolderSource({
  name: "n5",
  summary: "Folder of N5",
  open: openN5,
});
