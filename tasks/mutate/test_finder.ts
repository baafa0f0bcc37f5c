import { dirname, join, relative } from "node:path";
import { targetOf } from "../lint/house.ts";

/** The tests that belong to a source, in steps that run together. */
export type TestsOf = (path: string) => readonly (readonly string[])[];

/**
 * Finds the tests of sources, nearest first: those named after one, then other
 * unit tests that import it, then those in its folder that see it through what
 * they import. Steps without tests are left out.
 */
export function testFinder(folder: string): TestsOf {
  const importsOf = remembering((file) => importsIn(file, folder));
  const seenBy = remembering((test) => {
    const seen = new Set([test]);
    for (const file of seen) { // those that are added come in their turn
      for (const other of importsOf(file)) seen.add(other);
    }
    return seen;
  });
  const all = ["src", "tasks"]
    .flatMap((part) => testsBelow(join(folder, part)))
    .map((test) => relative(folder, test));
  return (path) => {
    const name = /_?(\w+)\.tsx?$/.exec(path)![1]!;
    const named = new RegExp(`/_?${name}(_\\w+)?_test\\.tsx?$`);
    const beside = all.filter((test) => dirname(test) === dirname(path));
    const steps = [
      beside.filter((test) => named.test(`/${test}`)),
      all.filter((test) => importsOf(test).includes(path)),
      beside.filter((test) => seenBy(test).has(path)),
    ];
    return steps.map((tests, i) => {
      const before = new Set(steps.slice(0, i).flat());
      return tests.filter((test) => !before.has(test));
    }).filter((tests) => tests.length > 0);
  };
}

/** The same function, which finds each answer once. */
function remembering<Answer>(
  find: (file: string) => Answer,
): (file: string) => Answer {
  const known = new Map<string, Answer>();
  return (file) => {
    const answer = known.get(file) ?? find(file);
    known.set(file, answer);
    return answer;
  };
}

/** The files of the project that a source imports. */
function importsIn(file: string, folder: string): readonly string[] {
  if (!/\.tsx?$/.test(file)) return [];
  return [
    ...textIn(join(folder, file))
      .matchAll(/\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/g),
  ].flatMap(([, from, at]) => targetOf(file, (from ?? at)!) ?? []);
}

/** What a file holds; nothing where there is none. */
function textIn(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function testsBelow(folder: string): readonly string[] {
  const entries = entriesOf(folder);
  const names = entries.map(({ name }) => name)
    .filter((name) => /_test\.tsx?$/.test(name)).sort();
  return [
    ...names.map((name) => join(folder, name)),
    ...entries.filter(({ isDirectory }) => isDirectory)
      .flatMap(({ name }) => testsBelow(join(folder, name))),
  ];
}

/** What is in a folder; nothing where there is none. */
function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
