import { join, normalize } from "node:path";

/** Folders whose files take long, as most of them start processes. */
const long = ["test/e2e", "src/model/net", "test/contract", "test/fault"];

/**
 * Words for calls of `deno test` that together test what some words name, and
 * can run side by side; those that take longest come first. Where a word is no
 * path, such as an option, there is one call.
 */
export function testJobs(
  words: readonly string[],
  projectFolder: string,
): readonly (readonly string[])[] {
  const paths = words.map((word) => normalize(word).replace(/\/$/, ""));
  const kinds = paths.map((path) => kindOf(join(projectFolder, path)));
  if (kinds.includes(null)) return [words];
  const files = paths.filter((_, i) => kinds[i] === "file");
  const jobs = paths.filter((_, i) => kinds[i] === "folder")
    .flatMap((path) => jobsBelow(path, projectFolder));
  const rank = ([path]: readonly string[]) =>
    (long.findIndex((folder) => path!.startsWith(`${folder}/`)) + 99) % 99;
  return [...files.length > 0 ? [files] : [], ...jobs]
    .sort((a, b) => rank(a) - rank(b));
}

/** The jobs of a folder: each of its parts that takes long, and the rest. */
function jobsBelow(path: string, projectFolder: string): string[][] {
  const isLong = long.includes(path);
  const holdsLong = long.some((folder) => folder.startsWith(`${path}/`));
  if (!isLong && !holdsLong) return [[path]];
  const parts = [...Deno.readDirSync(join(projectFolder, path))]
    .filter(({ name, isDirectory }) =>
      isDirectory || isLong && /_test\.tsx?$/.test(name)
    )
    .map(({ name }) => `${path}/${name}`).sort();
  return [
    ...parts.flatMap((part) => jobsBelow(part, projectFolder)),
    [path, `--ignore=${parts.join()}`],
  ];
}

function kindOf(path: string): "file" | "folder" | null {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "file";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
