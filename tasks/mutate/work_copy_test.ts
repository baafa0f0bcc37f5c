import { deepStrictEqual } from "node:assert/strict";
import { folderWith } from "./_testing.ts";
import { WorkCopy } from "./work_copy.ts";

const source = `export function least(a: number, b: number): number {
  return a < b ? a : b;
}
`;
const test = `import { least } from "./least.ts";
Deno.test("least() is 1 of 1 and 2", () => {
  if (least(1, 2) !== 1) throw new Error();
  least(2, 1);
});
`;
const steps = [["least_test.ts"]];

/** What comes of a change of the comparison, given how tests are run. */
async function outcome(
  after: string,
  { seconds = 60, isChecked = false, without = "" } = {},
) {
  using project = folderWith({
    "least.ts": source,
    "least_test.ts": test,
    "deleted.ts": "",
    "ignored.ts": "",
    ".gitignore": "ignored.ts",
  });
  const git = (...args: string[]) =>
    new Deno.Command("git", { args, cwd: project.folder }).outputSync();
  git("init", "--quiet");
  git("add", "--all");
  Deno.removeSync(`${project.folder}/deleted.ts`);
  await using copy = await WorkCopy.of(project.folder);
  const start = source.indexOf("<");
  const mutation = { path: "least.ts", line: 2, start, end: start + 1, after };
  const result = await copy.try(mutation, {
    steps: steps.filter(([path]) => path !== without),
    seconds,
    isChecked,
  });
  for (const folder of [project.folder, copy.folder]) {
    deepStrictEqual(Deno.readTextFileSync(`${folder}/least.ts`), source);
  }
  const names = [...Deno.readDirSync(copy.folder)].map(({ name }) => name);
  deepStrictEqual(names.sort(), [".gitignore", "least.ts", "least_test.ts"]);
  return result;
}

Deno.test("WorkCopy.try() tells what tests notice from what they do not", async () => {
  deepStrictEqual(await outcome(">="), "killed");
  deepStrictEqual(await outcome("<="), "lived");
  deepStrictEqual(await outcome(">=", { without: "least_test.ts" }), "lived");
});

Deno.test("WorkCopy.try() ends tests that no longer end", async () => {
  const endless = "< b || (() => { for (;;); })() <";
  deepStrictEqual(await outcome(endless, { seconds: 3 }), "too long");
});

Deno.test("WorkCopy.try() holds against types what no test noticed", async () => {
  const odd = '< ("" as number || b) && true && a <';
  deepStrictEqual(await outcome(odd), "lived");
  deepStrictEqual(await outcome(odd, { isChecked: true }), "not compiling");
  deepStrictEqual(await outcome("<=", { isChecked: true }), "lived");
});
