import { join } from "node:path";

/** Folders deeper than this, and entries beyond these, are not looked at. */
const mostDeep = 5, mostEntries = 20_000;

/** What the first lines of an experiment file have, of which other YAML has little. */
const sign = /^(name|extends|data|model|matrix|search):/m;

/** How much of a file is looked at. */
const headBytes = 4096;

/**
 * The experiment files below a folder, by their paths from there on, in order.
 * Links and hidden folders are not followed.
 */
export function experimentsBelow(root: string): readonly string[] {
  const found: string[] = [];
  let left = mostEntries;
  const look = (folder: string, deep: number) => {
    for (const entry of entriesOf(join(root, folder))) {
      if (--left < 0) return;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory && deep < mostDeep && isLookedInto(entry.name)) {
        look(path, deep + 1);
      } else if (
        entry.isFile && /\.ya?ml$/.test(entry.name) &&
        isExperiment(join(root, path))
      ) found.push(path);
    }
  };
  look("", 0);
  return found.toSorted();
}

function isLookedInto(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  return orIfRefused([], () => [...Deno.readDirSync(folder)]);
}

function isExperiment(path: string): boolean {
  return orIfRefused(false, () => {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(headBytes);
    const read = file.readSync(bytes) ?? 0;
    return sign.test(new TextDecoder().decode(bytes.subarray(0, read)));
  });
}

/** What of the disk may not be read, or is gone meanwhile, cannot be started either. */
function orIfRefused<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isRefused = error instanceof Deno.errors.PermissionDenied ||
      error instanceof Deno.errors.NotFound;
    if (isRefused) return otherwise;
    throw error;
  }
}
