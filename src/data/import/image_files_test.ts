import assert from "node:assert";
import { join, relative } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { imageFiles } from "./image_files.ts";

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(folder, { recursive: true });
});
for (
  const path of [
    "a/z10.tif",
    "a/z2.tif",
    "a/z2.png",
    "a/.z1.tif",
    "b/deep/z1.tif",
    "b/z3.tif",
    "odd/z[1].tif",
  ]
) {
  Deno.mkdirSync(join(folder, path, ".."), { recursive: true });
  Deno.writeTextFileSync(join(folder, path), "");
}

/** What a pattern in the folder names. */
function named(pattern: string): string[] {
  return imageFiles(join(folder, pattern), "--raw")
    .map((path) => relative(folder, path).replaceAll("\\", "/"));
}

Deno.test("imageFiles() takes names in the order of their numbers", () => {
  const cases: [pattern: string, files: string[]][] = [
    ["a/*.tif", ["a/z2.tif", "a/z10.tif"]],
    ["a/z?.*", ["a/z2.png", "a/z2.tif"]],
    ["a/z[0-9].tif", ["a/z2.tif"]],
    ["a/z2.{tif,png}", ["a/z2.png", "a/z2.tif"]],
    ["*/z*.tif", ["a/z2.tif", "a/z10.tif", "b/z3.tif", "odd/z[1].tif"]],
    ["b/**/*.tif", ["b/deep/z1.tif", "b/z3.tif"]],
    ["b/**", ["b/deep/z1.tif", "b/z3.tif"]],
    ["a/z2.tif", ["a/z2.tif"]],
    ["odd/z[1].tif", ["odd/z[1].tif"]],
  ];
  for (const [pattern, files] of cases) {
    assert.deepEqual(named(pattern), files, pattern);
  }
});

Deno.test("imageFiles() refuses what names nothing", () => {
  for (
    const pattern of ["c/*.tif", "a/*.jpg", "a", "a/z2.tif/*.png", "a/z2.tif/x"]
  ) {
    assert.throws(() => named(pattern), (error) => {
      assert(error instanceof ExperimentError, pattern);
      return /no file matches|Cannot look for images/.test(error.message);
    });
  }
});

Deno.test({
  name: "imageFiles() reads nothing but what is below the fixed part",
  permissions: { read: [join(folder, "b")] },
  fn() {
    assert.deepEqual(named("b/*/*.tif"), ["b/deep/z1.tif"]);
    assert.throws(() => named("a/*.tif"), Deno.errors.NotCapable);
  },
});

Deno.test({
  name: "imageFiles() does not go round in a circle of links",
  ignore: Deno.build.os === "windows", // links need rights there
  fn() {
    Deno.symlinkSync(folder, join(folder, "b", "up"));
    Deno.symlinkSync(join(folder, "gone"), join(folder, "b", "z9.tif"));
    try {
      assert.deepEqual(named("b/**/*.tif"), ["b/deep/z1.tif", "b/z3.tif"]);
    } finally {
      Deno.removeSync(join(folder, "b", "up"));
      Deno.removeSync(join(folder, "b", "z9.tif"));
    }
  },
});
