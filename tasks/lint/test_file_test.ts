import { deepStrictEqual } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

Deno.test("testFile() wants a test beside what it is named after", () => {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-lint-" });
  try {
    Deno.mkdirSync(`${folder}/src/loss/weigh`, { recursive: true });
    for (const name of ["dice.ts", "_mean.ts", "part.tsx", "old_test.ts"]) {
      Deno.writeTextFileSync(`${folder}/src/loss/${name}`, "");
    }
    const check = checkerOf("test-file", {
      folder,
      allowed: ["src/loss/old_test.ts"],
    });
    const find = (path: string) => check(path, "").length;
    for (
      const name of [
        "dice_test.ts",
        "dice_gradient_test.ts",
        "_mean_test.ts",
        "mean_test.ts",
        "part_test.tsx",
        "weigh_test.ts",
        "weigh/weigh_test.ts",
        "old_test.ts",
      ]
    ) deepStrictEqual(find(`src/loss/${name}`), 0, name);
    deepStrictEqual(find("src/loss/focal_test.ts"), 1);
    deepStrictEqual(find("src/loss/old_more_test.ts"), 1);
    deepStrictEqual(find("src/loss/weigh/dice_test.ts"), 1);
    deepStrictEqual(find("test/e2e/anything_test.ts"), 0);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
