import assert from "node:assert";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { findFile } from "./find_file.ts";
import { hashInput } from "./hash_input.ts";

const where = "x.yaml:9 data.train[0]";

async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    assert(error instanceof ExperimentError, String(error));
    assertEquals(error.where, where);
    assertEquals(error.toString().split("\n").length, 3);
    assert(error.message.length < 400, error.message);
    return error.message;
  }
  throw new Error("Expected an error");
}

Deno.test("findFile() takes the first root that has the file", () =>
  inTemporaryFolder(async (folder) => {
    Deno.mkdirSync(join(folder, "a"));
    Deno.mkdirSync(join(folder, "b"));
    Deno.writeTextFileSync(join(folder, "b", "v.hdf"), "");
    Deno.writeTextFileSync(join(folder, "file"), "");
    const find = (...roots: string[]) =>
      findFile("v.hdf", {
        dataRoots: roots.map((root) => join(folder, root)),
        cacheFolder: folder,
        where,
      });
    // A root that is a file has nothing in it.
    assertEquals(await find("a", "file", "b"), join(folder, "b", "v.hdf"));
    assert.match(
      await refusal(() => find("a", "file")),
      /looked for ".*a\/v\.hdf", ".*file\/v\.hdf"$/,
    );
  }));

Deno.test("findFile() names what the system refuses", () =>
  inTemporaryFolder(async (folder) => {
    const context = { dataRoots: [folder], cacheFolder: folder, where };
    const message = (file: string) => refusal(() => findFile(file, context));
    Deno.symlinkSync("circle", join(folder, "circle"));
    Deno.symlinkSync("gone.hdf", join(folder, "dangling"));
    assert.match(await message("circle"), /its links form a circle/);
    assert.match(await message("n".repeat(300)), /the name is too long/);
    assert.match(
      await message("a/".repeat(3000) + "v"),
      /the name is too long/,
    );
    assert.match(await message("a\0b"), /does not take this path/);
    assert.match(
      await message("dangling"),
      /"[^"]*dangling" is a link to "gone.hdf", which is not there/,
    );
  }));

Deno.test("hashInput() names what the system refuses", () =>
  inTemporaryFolder(async (folder) => {
    const message = (path: string) =>
      refusal(() => hashInput(path, { cacheFolder: folder, where }));
    assert.match(await message(join(folder, "gone")), /no such file or folder/);
    assert.match(await message(folder), /is a folder, not a file/);
    const path = join(folder, "v.hdf");
    Deno.writeTextFileSync(path, "abc");
    const input = await hashInput(path, { cacheFolder: folder, where });
    Deno.removeSync(path);
    const lost = await refusal(() => Promise.try(() => input.checkUnchanged()));
    assert.match(lost, /no such file or folder/);
  }));
