import { ExperimentError } from "@/core/mod.ts";
import { createHdf5 } from "../hdf5/mod.ts";
import { createN5 } from "../n5/mod.ts";
import type { VolumeWriter } from "../voxels/mod.ts";
import { createZarr } from "../zarr/mod.ts";
import { formByName } from "./open.ts";

/**
 * Begins a file or folder of arrays, in the form that its name stands for: `.zarr`
 * and `.n5` are folders, all others HDF5.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function createContainer(path: string): Promise<VolumeWriter> {
  const form = formByName(path);
  if (form === "zarr") return createZarr(path);
  if (form === "n5") return createN5(path);
  if (form === "hdf5") return await createHdf5(path);
  throw new ExperimentError(`Cannot write "${path}": TIFF is read alone`, {
    where: path,
    fix: "Name it .hdf, .zarr or .n5",
  });
}
