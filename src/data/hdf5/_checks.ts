import { ExperimentError, systemFault } from "@/core/mod.ts";

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Says in the user's words what keeps `path` from being an HDF5 file, if anything;
 * else gives the place of its signature.
 */
export async function checkHdf5(path: string, where: string): Promise<number> {
  const refuse = (why: string, fix: string, cause?: unknown): never => {
    throw new ExperimentError(`Cannot open "${path}": ${why}`, {
      where,
      fix,
      cause,
    });
  };
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) return refuse("it is not a file", "Name an HDF5 file");
    if (info.size === 0) {
      return refuse("the file is empty", "Get or write the file again");
    }
    return await signatureAt(path, info.size) ?? refuse(
      "it is not an HDF5 file",
      "Name an HDF5 file, or convert images with `deno task data import`",
    );
  } catch (error) {
    const fault = systemFault(error);
    if (!fault) throw error;
    return fault.code === "ENOENT"
      ? refuse(missing(path), "Correct the path", error)
      : refuse(fault.reason, fault.fix, error);
  }
}

/** What is missing: the file, or that which a link stands for. */
function missing(path: string): string {
  try {
    return `it is a link to "${Deno.readLinkSync(path)}", which is not there`;
  } catch {
    return "there is no such file"; // nor a link
  }
}

/** HDF5's signature stands at 0 or, after a user block, at 512, 1024, 2048, … */
async function signatureAt(
  path: string,
  bytes: number,
): Promise<number | undefined> {
  using file = await Deno.open(path);
  const found = new Uint8Array(signature.length);
  for (let at = 0; at < bytes; at = at === 0 ? 512 : at * 2) {
    await file.seek(at, Deno.SeekMode.Start);
    const count = await file.read(found);
    if (count === 8 && signature.every((b, i) => b === found[i])) return at;
  }
  return undefined;
}
