import { join, normalize } from "node:path";

/** Words for a call of `deno test`, and what to call it. */
export interface TestJob {
  /** What `deno task test` would be asked to do the same. */
  readonly name: string;
  readonly words: readonly string[];
}

/** Folders whose files each have a process: most of them start more, and take long. */
const apart = ["test/e2e", "src/model/net", "test/contract", "test/fault"];

/**
 * The calls that test what some words name, and can run side by side; what takes
 * longest comes first. Files of a call share what they load. Where a word is no
 * path, such as an option, there is one call, of `deno test` as it is.
 */
export function testJobs(
  words: readonly string[],
  projectFolder: string,
): TestJob[] {
  const paths = words.map((word) => normalize(word).replace(/\/$/, ""));
  if (!paths.every((path) => isThere(join(projectFolder, path)))) {
    return [{ name: words.join(" "), words: ["--doc", ...words] }];
  }
  const files = new Set(
    paths.flatMap((path) => filesAt(path, projectFolder)),
  );
  const named = paths.filter((path) => files.has(path)).join(" ");
  const groups = Map.groupBy(
    files.values().filter(isTest),
    (file) => paths.includes(file) ? named : groupOf(file),
  );
  const examples = [...files]
    .filter((file) => !isTest(file) && hasExample(join(projectFolder, file)));
  return [
    ...[...groups].map(([name, group]) => together(name, group))
      .sort((a, b) => rank(a) - rank(b)),
    ...examples.length > 0
      ? [{ name: examples.join(" "), words: ["--doc", ...examples] }]
      : [],
  ];
}

/** The files of a module, or of a folder beside them, share a process; not those apart. */
function groupOf(file: string): string {
  const isApart = apart.some((folder) => file.startsWith(`${folder}/`));
  return isApart ? file : file.split("/", 2).join("/");
}

function together(name: string, files: readonly string[]): TestJob {
  return { name, words: ["tasks/_together.ts", "--", ...files] };
}

function rank({ name }: TestJob): number {
  return (apart.findIndex((folder) => name.startsWith(folder)) + 99) % 99;
}

function isTest(file: string): boolean {
  return /_test\.tsx?$/.test(file);
}

/** Whether a doc comment of a source shows code, which `deno test --doc` runs. */
function hasExample(path: string): boolean {
  return /\.tsx?$/.test(path) &&
    /^ *\* ```ts$/m.test(Deno.readTextFileSync(path));
}

/** A file, or all files below a folder, by their paths in the project. */
function filesAt(path: string, projectFolder: string): string[] {
  const at = join(projectFolder, path);
  if (Deno.statSync(at).isFile) return [path];
  return [...Deno.readDirSync(at)].map(({ name }) => `${path}/${name}`).sort()
    .flatMap((inside) => filesAt(inside, projectFolder));
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
