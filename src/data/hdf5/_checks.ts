import { ExperimentError } from "@/core/mod.ts";

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Says in the user's words what keeps `path` from being an HDF5 file, if anything. */
export async function checkHdf5(path: string, where: string): Promise<void> {
  const refuse = (why: string, fix: string, cause?: unknown): never => {
    throw new ExperimentError(`Cannot open "${path}": ${why}`, {
      where,
      fix,
      cause,
    });
  };
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return refuse("there is no such file", "Correct the path", error);
    }
    return refuse(
      error instanceof Error ? error.message : String(error),
      "Make the file readable",
      error,
    );
  }
  if (!info.isFile) {
    refuse("it is not a file", "Name an HDF5 file");
  }
  if (info.size === 0) {
    refuse("the file is empty", "Get or write the file again");
  }
  if (!await hasSignature(path, info.size)) {
    refuse(
      "it is not an HDF5 file",
      "Name an HDF5 file, or convert images with `deno task data import`",
    );
  }
}

/** HDF5's signature stands at 0 or, after a user block, at 512, 1024, 2048, … */
async function hasSignature(path: string, bytes: number): Promise<boolean> {
  using file = await Deno.open(path);
  const found = new Uint8Array(signature.length);
  for (let at = 0; at < bytes; at = at === 0 ? 512 : at * 2) {
    await file.seek(at, Deno.SeekMode.Start);
    const count = await file.read(found);
    if (count === 8 && signature.every((b, i) => b === found[i])) return true;
  }
  return false;
}
