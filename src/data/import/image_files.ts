import { globSync } from "node:fs";
import { resolve } from "node:path";
import { ExperimentError } from "@/core/mod.ts";

const byNumber = new Intl.Collator("en", { numeric: true });

/**
 * The files a pattern such as `raw/*.tif` names, in natural order: `z2` before
 * `z10`.
 *
 * @throws {ExperimentError} If there is none.
 */
export function imageFiles(pattern: string, option: string): string[] {
  const isFile = (path: string) => Deno.statSync(path).isFile;
  const files = globSync(pattern).map((path) => resolve(path)).filter(isFile);
  if (files.length > 0) {
    return files.toSorted((a, b) => byNumber.compare(a, b) || (a < b ? -1 : 1));
  }
  throw new ExperimentError(
    `Cannot find images: no file matches "${pattern}"`,
    {
      where: option,
      fix:
        `Name files by a pattern in quotes, such as ${option} 'folder/*.tif'`,
    },
  );
}
