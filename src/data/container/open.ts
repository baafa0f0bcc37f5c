import { join } from "node:path";
import { statIfThere } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { openN5 } from "../n5/mod.ts";
import { openTiffStack } from "../tiff/mod.ts";
import type { VoxelContainer } from "../voxels/mod.ts";
import { openZarr } from "../zarr/mod.ts";

/** How each form is opened. */
const openers = {
  hdf5: openHdf5,
  zarr: openZarr,
  n5: openN5,
  tiff: openTiffStack,
} as const satisfies Readonly<
  Record<
    string,
    (path: string, where: string) => VoxelContainer | Promise<VoxelContainer>
  >
>;

/** A form of files or folders that hold arrays of voxels. */
export type ContainerForm = keyof typeof openers;

/** Files by which a folder tells that it is a hierarchy of Zarr. */
const ofZarr = ["zarr.json", ".zgroup", ".zarray"];

/** The form of what a path names: by what a folder has in it, else by its name. */
export function containerForm(path: string): ContainerForm {
  const named = formByName(path);
  if (named !== "hdf5" || !statIfThere(path)?.isDirectory) return named;
  if (ofZarr.some((file) => statIfThere(join(path, file)))) return "zarr";
  return statIfThere(join(path, "attributes.json")) ? "n5" : "hdf5";
}

/** The form that a name stands for, by its ending. */
export function formByName(path: string): ContainerForm {
  const [, ending] = /\.(zarr|n5|tiff?)[/\\]*$/i.exec(path) ?? [];
  switch (ending?.toLowerCase()) {
    case "zarr":
      return "zarr";
    case "n5":
      return "n5";
    case "tif":
    case "tiff":
      return "tiff";
    default:
      return "hdf5";
  }
}

/**
 * Opens what a path names for reading boxes of the arrays in it.
 *
 * @example A box of an array of any form
 * ```ts ignore
 * using file = await openContainer("x.zarr", "--volume");
 * const numbers = file.dataset("volumes/raw").read({
 *   startVox: [0, 0, 0],
 *   shapeVox: [4, 128, 128],
 * });
 * ```
 *
 * @throws {ExperimentError} If it is missing, damaged, or of no form that is read.
 */
export async function openContainer(
  path: string,
  where = path,
): Promise<VoxelContainer> {
  return await openers[containerForm(path)](path, where);
}
