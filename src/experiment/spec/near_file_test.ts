import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { nearFiles } from "./near_file.ts";

Deno.test("nearFiles() finds what was meant, where it is", () => {
  const folder = Deno.makeTempDirSync();
  const files = [
    "experiments/mix.yaml",
    "experiments/vnc/mix.yaml",
    "experiments/vnc/dice.yml",
    "own/tiny.yaml",
    "own/tine.yaml",
    "notes.txt",
  ];
  for (const file of files) {
    Deno.mkdirSync(join(folder, file, ".."), { recursive: true });
    Deno.writeTextFileSync(join(folder, file), "");
  }
  const near = (path: string) =>
    nearFiles(join(folder, path), { folder })
      .map((file) => file.replaceAll("\\", "/"));
  const both = ["experiments/mix.yaml", "experiments/vnc/mix.yaml"];
  try {
    deepStrictEqual(near("mix"), both);
    deepStrictEqual(near("mix.yaml"), both);
    deepStrictEqual(near("elsewhere/mix.yml"), both);
    deepStrictEqual(near("mxi"), both);
    deepStrictEqual(near("dice"), ["experiments/vnc/dice.yml"]);
    deepStrictEqual(near("experiments/mxi.yaml"), ["experiments/mix.yaml"]);
    deepStrictEqual(near("own/tinz"), ["own/tine.yaml", "own/tiny.yaml"]);
    deepStrictEqual(near("nothing_like_it"), []);
    deepStrictEqual(near("notes"), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("nearFiles() looks two folders deep, and not into what is no folder", () => {
  const folder = Deno.makeTempDirSync();
  try {
    for (
      const file of ["a/b/mix.yaml", "a/b/c/deep.yaml", "top.yaml", "a.yaml/x"]
    ) {
      const path = join(folder, "experiments", file);
      Deno.mkdirSync(join(path, ".."), { recursive: true });
      Deno.writeTextFileSync(path, "");
    }
    const near = (name: string) => nearFiles(join(folder, name), { folder });
    deepStrictEqual(near("mix"), ["experiments/a/b/mix.yaml"]);
    deepStrictEqual(near("top"), ["experiments/top.yaml"]);
    deepStrictEqual(near("deep"), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
