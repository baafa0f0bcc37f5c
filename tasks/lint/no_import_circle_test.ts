import { deepStrictEqual } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

/** What is said once every file has been seen, in the order given. */
function circles(
  files: Readonly<Record<string, string>>,
  allowed: readonly string[] = [],
): readonly string[] {
  const check = checkerOf("no-import-circle", { allowed });
  return Object.entries(files).flatMap(([path, text]) => check(path, text));
}

Deno.test("noImportCircle() finds files that import each other, by types too", () => {
  for (
    const back of [
      'import { a } from "./a.ts";',
      'import type { A } from "./a.ts";',
      'export { a } from "./a.ts";',
      'export * from "./a.ts";',
      'await import("./a.ts");',
      'type A = import("./a.ts").A;',
    ]
  ) {
    deepStrictEqual(
      circles({
        "src/loss/a.ts": 'import type { B } from "./b.ts";',
        "src/loss/b.ts": back,
      }),
      [
        "Cannot import in a circle: src/loss/b.ts → src/loss/a.ts → src/loss/b.ts",
      ],
      back,
    );
  }
});

Deno.test("noImportCircle() finds a circle in whatever order it sees the files", () => {
  const files = [
    ["src/loss/a.ts", 'import "./b.ts"; import "./d.ts";'],
    ["src/loss/b.ts", 'import "@/core/mod.ts";'],
    ["src/core/mod.ts", 'export * from "../loss/a.ts";'],
    ["src/loss/d.ts", 'import "@/core/mod.ts";'],
  ] as const;
  for (const first of [0, 1, 2, 3]) {
    const turned = [...files.slice(first), ...files.slice(0, first)];
    const said = circles(Object.fromEntries(turned));
    deepStrictEqual(said.length > 0, true, `${first}`);
    for (const text of said) {
      deepStrictEqual(text.split(" → ").length, 4, text);
    }
  }
});

Deno.test("noImportCircle() finds a circle between modules and one of a door", () => {
  deepStrictEqual(
    circles({
      "src/loss/mod.ts": 'export * from "./a.ts";',
      "src/loss/a.ts": 'import "@/loss/mod.ts";',
      "src/core/mod.ts": 'import "@/engine/mod.ts";',
      "src/engine/mod.ts": 'import "@/core/mod.ts";',
    }),
    [
      "Cannot import in a circle: src/loss/a.ts → src/loss/mod.ts → src/loss/a.ts",
      "Cannot import in a circle: src/engine/mod.ts → src/core/mod.ts → src/engine/mod.ts",
    ],
  );
});

Deno.test("noImportCircle() allows several ways to one file", () => {
  deepStrictEqual(
    circles({
      "src/loss/a.ts": 'import "./b.ts"; import "./c.ts"; import "zod";',
      "src/loss/b.ts": 'import "./d.ts";',
      "src/loss/c.ts": 'import "./d.ts"; import "./b.ts";',
      "src/loss/d.ts": 'import "node:path";',
    }),
    [],
  );
});

Deno.test("noImportCircle() forgets what a file no longer imports", () => {
  const check = checkerOf("no-import-circle");
  check("src/loss/a.ts", 'import "./b.ts";');
  check("src/loss/a.ts", "");
  deepStrictEqual(check("src/loss/b.ts", 'import "./a.ts";'), []);
});

Deno.test("noImportCircle() lets an import pass that is excepted, and its circle", () => {
  const files = {
    "src/loss/a.ts": 'import "./b.ts";',
    "src/loss/b.ts": 'import "./a.ts";',
  };
  deepStrictEqual(circles(files, ["src/loss/a.ts src/loss/b.ts"]), []);
  deepStrictEqual(circles(files, ["src/loss/b.ts src/loss/a.ts"]), []);
});
