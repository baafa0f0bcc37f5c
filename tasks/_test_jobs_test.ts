import { deepStrictEqual, ok } from "node:assert/strict";
import { projectFolder } from "@/command/mod.ts";
import { testJobs } from "./_test_jobs.ts";

const of = (...words: string[]) =>
  testJobs(words, { projectFolder, atOnce: 3 });
const together = ["tasks/_together.ts", "--"];

Deno.test("testJobs() leaves each test file to one job, and examples to the last", () => {
  const jobs = of("src", "tasks", "test");
  const examples = jobs.pop()!.words;
  deepStrictEqual(examples[0], "--doc");
  ok(examples.includes("src/core/simd/mod.ts"));
  ok(!examples.includes("src/core/mod.ts"));
  for (const { words } of jobs) deepStrictEqual(words.slice(0, 2), together);
  deepStrictEqual(
    jobs.flatMap(({ words }) => words.slice(2)).sort(),
    ["src", "tasks", "test"].flatMap(testsBelow).sort(),
  );
  ok(jobs.length > 20);
});

Deno.test("testJobs() keeps together what is named, and words that are no paths", () => {
  const [loss, ...others] = of("./src/loss/");
  deepStrictEqual(loss!.name, "src/loss");
  deepStrictEqual(loss!.words, [...together, ...testsBelow("src/loss").sort()]);
  deepStrictEqual(others, []);
  const files = ["src/loss/dice_test.ts", "src/model/net/net_test.ts"];
  deepStrictEqual(of(...files), [
    { name: files.join(" "), words: [...together, ...files] },
  ]);
  const words = ["src", "--filter", "dice"];
  deepStrictEqual(of(...words), [
    { name: "src --filter dice", words: ["--doc", ...words] },
  ]);
});

Deno.test("testJobs() runs the examples of a source that is named", () => {
  deepStrictEqual(of("src/core/simd/mod.ts"), [
    { name: "src/core/simd/mod.ts", words: ["--doc", "src/core/simd/mod.ts"] },
  ]);
});

Deno.test("testJobs() has no job where there is no test", () => {
  deepStrictEqual(of("src/loss/dice.ts", "docs"), []);
});

Deno.test("testJobs() begins with what takes long, dealt to as many as run at once", () => {
  const jobs = of("src", "test");
  const folders = ["test/e2e", "test/fault", "test/contract", "src/model/net"];
  for (const folder of folders) {
    const dealt = jobs.splice(0, 3).map(({ words }) => words.slice(2));
    ok(dealt.flat().every((path) => path.startsWith(`${folder}/`)), folder);
    const sizes = dealt.map(({ length }) => length);
    ok(Math.max(...sizes) - Math.min(...sizes) <= 1, `${sizes}`);
  }
  deepStrictEqual(
    jobs.filter(({ name }) => folders.some((one) => name.startsWith(one))),
    [],
  );
});

/** The test files below a folder. */
function testsBelow(path: string): string[] {
  return [...Deno.readDirSync(`${projectFolder}/${path}`)]
    .flatMap(({ name, isDirectory }) =>
      isDirectory
        ? testsBelow(`${path}/${name}`)
        : /_test\.tsx?$/.test(name)
        ? [`${path}/${name}`]
        : []
    );
}
