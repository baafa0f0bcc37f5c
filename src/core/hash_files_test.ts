import { deepStrictEqual, notStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashFilesOnce, stateOfFiles } from "./hash_files.ts";

Deno.test("hashFilesOnce() tells files with other names or contents apart", () =>
  inTemporaryFolder(async (folder) => {
    const write = (name: string, text: string) =>
      Deno.writeTextFileSync(join(folder, name), text);
    const hash = (...files: string[]) =>
      hashFilesOnce(folder, { files, cacheFolder: join(folder, "cache") });
    write("a", "one");
    write("b", "two");
    write("c", "one");
    const { sha256, bytes, state } = await hash("a", "b");
    deepStrictEqual(bytes, 6);
    deepStrictEqual(state, stateOfFiles(folder, ["a", "b"]).state);
    notStrictEqual((await hash("c", "b")).sha256, sha256);
    notStrictEqual((await hash("a")).sha256, sha256);
    write("b", "three");
    notStrictEqual((await hash("a", "b")).sha256, sha256);
    write("b", "two");
    deepStrictEqual((await hash("a", "b")).sha256, sha256);
  }));

Deno.test("hashFilesOnce() recalls what is as it was, and no more", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "a"), cacheFolder = join(folder, "cache");
    const hash = () => hashFilesOnce(folder, { files: ["a"], cacheFolder });
    Deno.writeTextFileSync(path, "one");
    const first = await hash();
    deepStrictEqual(await hash(), first); // too young to be remembered
    Deno.mkdirSync(join(cacheFolder, "hashes"), { recursive: true });
    deepStrictEqual([...Deno.readDirSync(join(cacheFolder, "hashes"))], []);
  }));
