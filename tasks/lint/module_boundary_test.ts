import { deepStrictEqual, match } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

const check = checkerOf("module-boundary");

/** Passes over nothing that a file says of another one. */
function assertRefused(path: string, specifier: string, says: RegExp): void {
  for (
    const text of [
      `import { a } from "${specifier}";`,
      `import type { A } from "${specifier}";`,
      `import "${specifier}";`,
      `export { a } from "${specifier}";`,
      `export type { A } from "${specifier}";`,
      `export * from "${specifier}";`,
      `export * as all from "${specifier}";`,
      `const a = await import("${specifier}");`,
      `const a = await import(\`${specifier}\`);`,
      `type A = import("${specifier}").A;`,
      `type A = typeof import("${specifier}");`,
    ]
  ) {
    const found = check(path, text);
    deepStrictEqual(found.length, 1, `${path}: ${text}`);
    match(found[0]!, says);
  }
}

function assertAllowed(path: string, specifier: string): void {
  const text = `export * from "${specifier}"; await import("${specifier}");`;
  deepStrictEqual(check(path, text), [], `${path}: ${specifier}`);
}

Deno.test("moduleBoundary() lets layers look down alone", () => {
  assertAllowed("src/loss/dice.ts", "@/engine/mod.ts");
  assertAllowed("src/main.ts", "@/command/mod.ts");
  assertAllowed("tasks/docs.ts", "@/experiment/mod.ts");
  assertRefused("src/core/rng.ts", "@/engine/mod.ts", /to lower layers/);
  assertRefused("src/loss/dice.ts", "@/metric/mod.ts", /to lower layers/);
  assertRefused("src/report/page.tsx", "@/train/mod.ts", /to lower layers/);
});

Deno.test("moduleBoundary() has one door for each module", () => {
  assertAllowed("src/data/augment/grey.ts", "../volume/mod.ts");
  const inside = /Import "@\/core\/mod.ts", not a file inside it/;
  for (
    const [path, specifier] of [
      ["src/loss/dice.ts", "@/core/rng.ts"],
      ["src/loss/dice.ts", "../core/mod.ts"],
      ["src/data/augment/grey.ts", "../../core/rng.ts"],
      ["src/data/augment/grey.ts", "../../../src/core/mod.ts"],
      ["src/data/augment/grey.ts", "@/data/../core/mod.ts"],
      ["src/main.ts", "./core/mod.ts"],
      ["tasks/docs.ts", "@/core/rng.ts"],
    ] as const
  ) assertRefused(path, specifier, inside);
  assertRefused("src/core/rng.ts", "@/core/mod.ts", /by a relative path/);
});

Deno.test("moduleBoundary() keeps the program to itself", () => {
  assertAllowed("src/loss/dice.ts", "@tensorflow/tfjs-core");
  assertAllowed("src/loss/dice.ts", "node:path");
  const path = "src/loss/dice.ts";
  assertRefused(path, "../../../other/a.ts", /outside the project/);
  assertRefused(path, "@/../../other/a.ts", /outside the project/);
  assertRefused(path, "../../tasks/docs.ts", /of no module/);
  assertRefused(path, "@test/helpers.ts", /of no module/);
  assertRefused(path, "../main.ts", /of no module/);
  assertRefused(path, "/home/a/cleft/src/core/rng.ts", /name a package/);
  assertRefused(path, "file:///home/a/x.ts", /name a package/);
  assertRefused(path, "https://a.org/x.ts", /name a package/);
});

Deno.test("moduleBoundary() lets no command load what others need", () => {
  const path = "src/command/list.ts", record = "@/record/mod.ts";
  for (
    const text of [
      `import { a, type B } from "${record}";`,
      `import "${record}";`,
      `export { a } from "${record}";`,
      `export * from "${record}";`,
    ]
  ) {
    match(check(path, text)[0] ?? "", /when a command runs/, text);
    deepStrictEqual(check("src/command/list_test.ts", text), []);
    deepStrictEqual(check("src/report/page.tsx", text), []);
  }
  for (
    const text of [
      `import type { A } from "${record}";`,
      `export type { A } from "${record}";`,
      `const { a } = await import("${record}");`,
      `import { a } from "@/core/mod.ts"; import { b } from "./b.ts";`,
    ]
  ) deepStrictEqual(check(path, text), [], text);
});

Deno.test("moduleBoundary() wants to read what is imported", () => {
  const [said] = check("src/loss/dice.ts", "await import(path);");
  match(said!, /write its path out/);
  const allowed = ["src/loss/dice.ts (made up)"];
  const lenient = checkerOf("module-boundary", { allowed });
  deepStrictEqual(lenient("src/loss/dice.ts", "await import(path);"), []);
});

Deno.test("moduleBoundary() knows no module without a layer", () => {
  assertRefused("src/train/loop.ts", "@/nowhere/mod.ts", /no module "nowhere"/);
  match(check("src/nowhere/a.ts", "")[0]!, /the layer of "src\/nowhere"/);
  match(check("src/src/a.ts", "")[0]!, /the layer of "src\/src"/);
});

Deno.test("moduleBoundary() lets tests look up and inside, by name", () => {
  assertAllowed("src/loss/dice_test.ts", "@/command/mod.ts");
  assertAllowed("src/loss/dice_test.ts", "@/record/_testing.ts");
  assertAllowed("src/loss/dice_test.ts", "@test/helpers.ts");
  assertAllowed("src/loss/dice_test.ts", "@/loss/mod.ts");
  assertAllowed("src/loss/_testing.ts", "@test/helpers.ts");
  assertAllowed("test/e2e/run_test.ts", "@/core/rng.ts");
  const named = /Import ".+" as "@\/core\/…"/;
  assertRefused("src/loss/dice_test.ts", "../core/rng.ts", named);
  assertRefused("test/e2e/run_test.ts", "../../src/core/rng.ts", named);
  assertRefused("test/e2e/run_test.ts", "../../../a.ts", /outside/);
  assertRefused(
    "test/e2e/run_test.ts",
    "@/nowhere/mod.ts",
    /no module "nowhere"/,
  );
});

Deno.test("moduleBoundary() does not mind where the project lies", () => {
  for (
    const folder of [
      "/home/a/src/cleft",
      "/home/a/src/core",
      "/src/command/x",
      "/home/a/test/cleft",
      "/src",
    ]
  ) {
    const checked = checkerOf("module-boundary", { folder });
    const find = (path: string, specifier: string) =>
      checked(path, `import "${specifier}";`).length;
    deepStrictEqual(find("src/loss/dice.ts", "@/core/mod.ts"), 0, folder);
    deepStrictEqual(find("src/loss/dice.ts", "@/core/rng.ts"), 1, folder);
    deepStrictEqual(find("src/core/rng.ts", "@/loss/mod.ts"), 1, folder);
    deepStrictEqual(find("src/core/rng.ts", "./loss/mod.ts"), 0, folder);
  }
});
