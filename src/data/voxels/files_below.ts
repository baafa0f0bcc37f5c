import { join } from "node:path";
import { explainSystemError } from "@/core/mod.ts";

/**
 * The files below a folder, links followed, each by its path there with `/`,
 * in the order of their names.
 *
 * @throws {ExperimentError} If a folder cannot be read.
 */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    const at = join(folder, path);
    for (const { name, isFile, isSymlink } of entriesOf(at)) {
      const below = path === "" ? name : `${path}/${name}`;
      if (isFile || isSymlink && Deno.statSync(join(at, name)).isFile) {
        found.push(below);
      } else visit(below);
    }
  };
  visit("");
  return found.sort();
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    throw explainSystemError(error, {
      doing: `read "${folder}"`,
      where: folder,
    });
  }
}
