import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { ScratchFolder } from "./scratch_folder.ts";

Deno.test("ScratchFolder goes with what it held, and takes along what others left", () =>
  inTemporaryFolder((folder) => {
    const names = () =>
      [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
    for (const left of [".x-left", ".x-strange", "mine"]) {
      Deno.mkdirSync(join(folder, left));
      Deno.writeTextFileSync(join(folder, left, "data"), "data");
    }
    // Of a process that was killed: nobody holds the lock any more.
    Deno.writeTextFileSync(join(folder, ".x-left", "lock"), "");
    Deno.writeTextFileSync(join(folder, "mine", "lock"), "");
    const first = new ScratchFolder(folder, ".x-");
    Deno.writeTextFileSync(join(first.path, "data"), "data");
    {
      using _second = new ScratchFolder(folder, ".x-");
      deepStrictEqual(Deno.readTextFileSync(join(first.path, "data")), "data");
    }
    const own = first.path.slice(folder.length + 1);
    deepStrictEqual(names(), [own, ".x-strange", "mine"].toSorted());
    first[Symbol.dispose]();
    deepStrictEqual(names(), [".x-strange", "mine"]);
  }));
