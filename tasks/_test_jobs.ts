import { join, normalize } from "node:path";

/** Words for a call of `deno test`, and what to call it. */
export interface TestJob {
  /** What `deno task test` would be asked to do the same. */
  readonly name: string;
  readonly words: readonly string[];
}

/** Folders whose tests take long: they come first, dealt to all processes. */
const long = ["test/e2e", "test/fault", "test/contract", "src/model/net"];

/**
 * The calls that test what some words name, and can run side by side, `atOnce` at
 * a time; what takes longest comes first. Files of a call share what they load,
 * and what they have warmed up. Where a word is no path, such as an option, there
 * is one call, of `deno test` as it is.
 */
export function testJobs(
  words: readonly string[],
  { projectFolder, atOnce }: {
    readonly projectFolder: string;
    readonly atOnce: number;
  },
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
  const isLong = (name: string) => long.includes(name);
  return [
    ...long.flatMap((name) => dealt(groups.get(name) ?? [], atOnce))
      .map((share) => together(share.join(" "), share)),
    ...[...groups].filter(([name]) => !isLong(name))
      .map(([name, group]) => together(name, group)),
    ...examples.length > 0
      ? [{ name: examples.join(" "), words: ["--doc", ...examples] }]
      : [],
  ];
}

/** The files of a module share a process, and those of a folder beside them. */
function groupOf(file: string): string {
  return long.find((folder) => file.startsWith(`${folder}/`)) ??
    file.split("/", 2).join("/");
}

/** Deals files out like cards; neighbours, often of a kind, go to different hands. */
function dealt(files: readonly string[], hands: number): string[][] {
  return [
    ...Map.groupBy(files, (file) => files.indexOf(file) % hands).values(),
  ];
}

function together(name: string, files: readonly string[]): TestJob {
  return { name, words: ["tasks/_together.ts", "--", ...files] };
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
