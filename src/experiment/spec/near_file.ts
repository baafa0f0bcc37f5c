import { basename, dirname, join, relative, sep } from "node:path";
import { nearestNames } from "@/core/mod.ts";

/** Folders of experiments hold tens of files; more are not looked through. */
const mostFiles = 1000;

/**
 * The experiment files that one that is not there may have meant, as paths from
 * a folder: those of its name, ending or folder left out, else those of nearly
 * its name. They are looked for where it should be and in `experiments/`.
 */
export function nearFiles(
  path: string,
  { folder }: { readonly folder: string },
): readonly string[] {
  const beside = filesIn(dirname(path), 0);
  const all = [...beside, ...filesIn(join(folder, "experiments"), 2)];
  const isNamed = (file: string) => stem(file) === stem(path);
  const found = all.some(isNamed)
    ? all.filter(isNamed)
    : nearest(path, beside) ?? nearest(path, all) ?? [];
  return [...new Set(found)].map((file) => relative(folder, file))
    .toSorted().toSorted((a, b) => depth(a) - depth(b));
}

/** The files of nearly a file's name; null if there is none. */
function nearest(path: string, files: readonly string[]): string[] | null {
  const names = nearestNames(stem(path), files.map(stem));
  const found = files.filter((file) => names.includes(stem(file)));
  return found.length > 0 ? found : null;
}

function depth(path: string): number {
  return path.split(sep).length;
}

function stem(path: string): string {
  return basename(path).replace(/\.ya?ml$/, "");
}

/** The experiment files of a folder and so many folders below. */
function filesIn(folder: string, depth: number): string[] {
  const files: string[] = [];
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      if (files.length >= mostFiles) break;
      const path = join(folder, name);
      if (isDirectory && depth > 0) files.push(...filesIn(path, depth - 1));
      else if (/\.ya?ml$/.test(name)) files.push(path);
    }
  } catch {
    // There is no such folder, or nobody may look into it.
  }
  return files;
}
