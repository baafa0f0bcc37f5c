import { deepStrictEqual } from "node:assert/strict";
import { projectFolder } from "@/command/mod.ts";
import { testJobs } from "./_test_jobs.ts";

const of = (...words: string[]) => testJobs(words, projectFolder);

Deno.test("testJobs() leaves each file to one job", () => {
  const jobs = of("src", "tasks", "test");
  const tested = jobs.flatMap((words) => {
    const [path, option] = words as [string, string?];
    const left = option?.slice("--ignore=".length).split(",") ?? [];
    return testsBelow(path, left);
  });
  deepStrictEqual(
    tested.sort(),
    ["src", "tasks", "test"].flatMap((path) => testsBelow(path, [])).sort(),
  );
  deepStrictEqual(jobs.length > 20, true);
});

Deno.test("testJobs() keeps what is named together and beside options", () => {
  deepStrictEqual(of("src/loss"), [["src/loss"]]);
  deepStrictEqual(of("./src/loss/"), [["src/loss"]]);
  const files = ["src/loss/dice_test.ts", "src/loss/bce_test.ts"];
  deepStrictEqual(of(...files), [files]);
  const words = ["src", "--filter", "dice"];
  deepStrictEqual(of(...words), [words]);
});

Deno.test("testJobs() begins with what takes long", () => {
  const [first, second] = of("src", "test");
  deepStrictEqual(first![0]!.startsWith("test/e2e/"), true);
  deepStrictEqual(second![0]!.startsWith("test/e2e/"), true);
});

/** The test files at a path, but for some paths. */
function testsBelow(path: string, left: readonly string[]): string[] {
  if (left.includes(path)) return [];
  if (Deno.statSync(`${projectFolder}/${path}`).isFile) {
    return /_test\.tsx?$/.test(path) ? [path] : [];
  }
  return [...Deno.readDirSync(`${projectFolder}/${path}`)]
    .flatMap(({ name }) => testsBelow(`${path}/${name}`, left));
}
