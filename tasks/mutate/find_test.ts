import { deepStrictEqual, rejects } from "node:assert/strict";
import { folderWith } from "./_testing.ts";
import { findMutations } from "./find.ts";

Deno.test("findMutations() looks at sources alone, below folders and by name", async () => {
  using project = folderWith({
    "src/a.ts": 'export const a = "é";\nexport const b = !a;\n',
    "src/b/c.tsx": "export const c = 1;\n",
    "src/a_test.ts": "export const d = 1;\n",
    "src/b/_testing.ts": "export const e = 1;\n",
    "src/data.json": "1",
  });
  const not = { path: "src/a.ts", line: 2, start: 39, end: 40, after: "" };
  const one = { path: "src/b/c.tsx", line: 1, start: 17, end: 18, after: "2" };
  deepStrictEqual(await findMutations(["src"], project.folder), [not, one]);
  deepStrictEqual(await findMutations(["src/a.ts"], project.folder), [not]);
  deepStrictEqual(await findMutations(["src/a_test.ts"], project.folder), []);
});

Deno.test("findMutations() refuses a file that is no TypeScript", async () => {
  using project = folderWith({ "a.ts": "const = 1" });
  await rejects(findMutations(["a.ts"], project.folder), /a\.ts/);
});
