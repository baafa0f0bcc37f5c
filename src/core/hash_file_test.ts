import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashFile, hashOnce } from "./hash_file.ts";

/** A file that has been there for a while. */
const old = join(import.meta.dirname!, "hash_file.ts");

Deno.test("hashOnce() notices a change of a new file that keeps its size and time", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "plugin.so"), kept = join(folder, "kept");
    Deno.writeTextFileSync(path, "one");
    const { mtime } = Deno.statSync(path);
    const first = (await hashOnce(path, kept)).sha256;
    strictEqual(first, await hashFile(path));
    Deno.writeTextFileSync(path, "two");
    Deno.utimeSync(path, mtime!, mtime!);
    const second = (await hashOnce(path, kept)).sha256;
    notStrictEqual(second, first);
    strictEqual(second, await hashFile(path));
  }));

Deno.test("hashOnce() reads a file again where what was kept is of another state, or damaged", () =>
  inTemporaryFolder(async (folder) => {
    const right = await hashFile(old);
    strictEqual((await hashOnce(old, folder)).sha256, right);
    const kept = join(folder, "hashes");
    const names = [...Deno.readDirSync(kept)].map(({ name }) => name);
    strictEqual(names.length, 1);
    const note = join(kept, names[0]!), text = Deno.readTextFileSync(note);
    const wrong = "0".repeat(64), spoilt = text.replace(right, wrong);
    Deno.writeTextFileSync(note, spoilt);
    strictEqual(
      (await hashOnce(old, folder)).sha256,
      wrong,
      "it is taken from there",
    );
    const { size, dev } = Deno.statSync(old);
    for (
      const other of [
        spoilt.replace(`"bytes":${size},`, '"bytes":1,'),
        spoilt.replace(`"device":${dev},`, '"device":1,'),
        spoilt.replace(wrong, "wrong"),
        text.slice(0, 20),
      ]
    ) {
      Deno.writeTextFileSync(note, other);
      strictEqual((await hashOnce(old, folder)).sha256, right);
      deepStrictEqual(JSON.parse(Deno.readTextFileSync(note)).sha256, right);
    }
  }));

Deno.test("hashOnce() hashes where nothing can be kept", async () => {
  strictEqual((await hashOnce(old, old)).sha256, await hashFile(old));
});
