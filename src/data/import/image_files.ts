import { join, matchesGlob, parse, resolve, sep } from "node:path";
import { ExperimentError } from "@/core/mod.ts";

const byNumber = new Intl.Collator("en", { numeric: true });

/**
 * The files a pattern such as `raw/*.tif` names, in natural order:
 * `z2` before `z10`. Only folders that the pattern speaks of are read, none
 * above its first part with a `*`, `?`, `[`, `{` or `(`.
 *
 * @throws {ExperimentError} If there is none, or a folder cannot be read.
 */
export function imageFiles(pattern: string, option: string): string[] {
  const path = resolve(pattern);
  const files = isFile(path) ? [path] : [...new Set(matches(path, option))];
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

function matches(pattern: string, option: string): string[] {
  const { root } = parse(pattern);
  const parts = pattern.slice(root.length).split(sep).filter((part) => part);
  const fixed = parts.findIndex((part) => /[*?[{(]/.test(part));
  if (fixed < 0) return [];
  const folder = join(root, ...parts.slice(0, fixed));
  return [...below(folder, parts.slice(fixed), option)];
}

/** The files below a folder that the parts of a pattern name. */
function* below(
  folder: string,
  [part, ...rest]: readonly string[],
  option: string,
): Generator<string> {
  const isDeep = part === "**";
  if (isDeep && rest.length > 0) yield* below(folder, rest, option);
  for (const name of namesIn(folder, option)) {
    const path = join(folder, name);
    if (isDeep) {
      // Links are not followed: they may lead back up.
      if (name.startsWith(".")) continue;
      if (Deno.lstatSync(path).isDirectory) {
        yield* below(path, [part, ...rest], option);
      } else if (rest.length === 0 && isFile(path)) yield path;
    } else if (matchesGlob(name, part!)) {
      if (rest.length === 0 && isFile(path)) yield path;
      if (rest.length > 0 && isFolder(path)) yield* below(path, rest, option);
    }
  }
}

function namesIn(folder: string, option: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    if (!(cause instanceof Error)) throw cause;
    throw new ExperimentError(
      `Cannot look for images in "${folder}": ${cause.message}`,
      { where: option, fix: "Name a folder that can be read", cause },
    );
  }
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile ?? false;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory ?? false;
}

/** What a path is, links followed; null for a link that leads nowhere. */
function statOf(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return null;
    throw error;
  }
}
