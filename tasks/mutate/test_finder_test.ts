import { deepStrictEqual } from "node:assert/strict";
import { folderWith } from "./_testing.ts";
import { testFinder } from "./test_finder.ts";

Deno.test("testFinder() begins with tests named after a file, and ends with those that see it", () => {
  using project = folderWith({
    "src/a/dice.ts": "",
    "src/a/_own.ts": "",
    "src/a/uses.ts": 'import { dice } from "./dice.ts";',
    "src/a/dice_test.ts": "",
    "src/a/dice_side_test.ts": "",
    "src/a/own_test.ts": 'import data from "./data.json";',
    "src/a/uses_test.ts": 'import { uses } from "./uses.ts";',
    "src/b/from_a_test.ts": 'import { dice } from "@/a/dice.ts";',
    "src/b/not_a_test.ts": 'import { dice } from "./dice.ts";',
    "tasks/lazy_test.ts": 'await import("../src/a/dice.ts");',
    "test/e2e/dice_test.ts": 'import { dice } from "@/a/dice.ts";',
    "tasks/no.ts": 'import { dice } from "@/a/dice.ts";',
  });
  const testsOf = testFinder(project.folder);
  deepStrictEqual(testsOf("src/a/dice.ts"), [
    ["src/a/dice_side_test.ts", "src/a/dice_test.ts"],
    ["src/b/from_a_test.ts", "tasks/lazy_test.ts"],
    ["src/a/uses_test.ts"],
  ]);
  deepStrictEqual(testsOf("src/a/uses.ts"), [["src/a/uses_test.ts"]]);
  deepStrictEqual(testsOf("src/a/_own.ts"), [["src/a/own_test.ts"]]);
  deepStrictEqual(testsOf("src/c/alone.ts"), []);
});
