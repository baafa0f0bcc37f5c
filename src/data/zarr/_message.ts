import type { BoxBytes } from "../voxels/mod.ts";

/** What is asked of the thread that reads chunks. */
export interface ZarrRequest extends BoxBytes {
  /** The folder of the hierarchy. */
  readonly root: string;
  /** The array's path in it. */
  readonly name: string;
  readonly result: SharedArrayBuffer;
  /** A word that is 0 until there is an answer, then one of {@linkcode done}, {@linkcode failed}. */
  readonly state: SharedArrayBuffer;
  /** Why it failed: a length, then text in UTF-8. */
  readonly reason: SharedArrayBuffer;
}

/** All numbers are there. */
export const done = 1;

/** Something is wrong with the data. */
export const failed = 2;
