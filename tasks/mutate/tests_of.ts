import { dirname, join, relative } from "node:path";
import { targetOf } from "../lint/house.ts";

/**
 * The tests that belong to a source, nearest first, those of a step to be run
 * together: those named after it, then all other unit tests that import it or
 * stand in its folder. Steps without tests are left out.
 */
export function testsOf(path: string, folder: string): readonly string[][] {
  const home = dirname(path);
  const name = /_?(\w+)\.tsx?$/.exec(path)![1]!;
  const beside = namesIn(join(folder, home)).map((test) => join(home, test));
  const own = beside.filter((test) =>
    new RegExp(`/_?${name}(_\\w+)?_test\\.tsx?$`).test(`/${test}`)
  );
  const importers = ["src", "tasks"]
    .flatMap((part) => testsBelow(join(folder, part)))
    .map((test) => relative(folder, test))
    .filter((test) => imports({ test, path, folder }));
  const others = new Set([...importers, ...beside]).difference(new Set(own));
  return [own, [...others]].filter((tests) => tests.length > 0);
}

function imports({ test, path, folder }: {
  readonly test: string;
  readonly path: string;
  readonly folder: string;
}): boolean {
  const text = Deno.readTextFileSync(join(folder, test));
  return [...text.matchAll(/\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/g)]
    .some(([, from, at]) => targetOf(test, (from ?? at)!) === path);
}

function testsBelow(folder: string): readonly string[] {
  return [
    ...namesIn(folder).map((name) => join(folder, name)),
    ...entries(folder).filter(({ isDirectory }) => isDirectory)
      .flatMap(({ name }) => testsBelow(join(folder, name))),
  ];
}

function namesIn(folder: string): readonly string[] {
  return entries(folder).map(({ name }) => name)
    .filter((name) => /_test\.tsx?$/.test(name)).sort();
}

/** What is in a folder; nothing where there is none. */
function entries(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
