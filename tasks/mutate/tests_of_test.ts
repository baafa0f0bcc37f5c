import { deepStrictEqual } from "node:assert/strict";
import { folderWith } from "./_testing.ts";
import { testsOf } from "./tests_of.ts";

Deno.test("testsOf() begins with tests named after a file", () => {
  using project = folderWith({
    "src/a/dice.ts": "",
    "src/a/_own.ts": "",
    "src/a/dice_test.ts": "",
    "src/a/dice_side_test.ts": "",
    "src/a/own_test.ts": "",
    "src/b/from_a_test.ts": 'import { dice } from "@/a/dice.ts";',
    "src/b/not_a_test.ts": 'import { dice } from "./dice.ts";',
    "tasks/lazy_test.ts": 'await import("../src/a/dice.ts");',
    "test/e2e/dice_test.ts": 'import { dice } from "@/a/dice.ts";',
    "tasks/no.ts": 'import { dice } from "@/a/dice.ts";',
  });
  const { folder } = project;
  deepStrictEqual(testsOf("src/a/dice.ts", folder), [
    ["src/a/dice_side_test.ts", "src/a/dice_test.ts"],
    ["src/b/from_a_test.ts", "tasks/lazy_test.ts", "src/a/own_test.ts"],
  ]);
  deepStrictEqual(testsOf("src/a/_own.ts", folder), [
    ["src/a/own_test.ts"],
    ["src/a/dice_side_test.ts", "src/a/dice_test.ts"],
  ]);
  deepStrictEqual(testsOf("src/c/alone.ts", folder), []);
});
