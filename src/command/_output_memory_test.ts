import { join } from "node:path";
import { isSameStamp } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { OutputMemory, realPath, stampAt } from "./_output_memory.ts";
import { testInFolder } from "./_testing.ts";

testInFolder("OutputMemory recalls what it was told", (folder) => {
  const memory = new OutputMemory(() => join(folder, "cache"));
  const path = join(folder, "a"), other = join(folder, "b");
  Deno.writeTextFileSync(path, "x");
  assertEquals(memory.recall(path), null);
  memory.remember(path, stampAt(path)!);
  assertEquals(isSameStamp(memory.recall(path)!, stampAt(path)!), true);
  assertEquals(memory.recall(other), null);
});

testInFolder(
  "OutputMemory forgets what is gone, not what is there",
  (folder) => {
    const memory = new OutputMemory(() => join(folder, "cache"));
    const stamp = { bytes: 1, modifiedMs: 2, changedMs: 3, inode: 4 };
    const there = join(folder, "there");
    Deno.writeTextFileSync(there, "x");
    memory.remember(there, stamp);
    for (let i = 0; i < 998; i++) {
      const entry = { path: join(folder, `gone${i}`), stamp };
      const file = join(folder, "cache", "outputs", `${i}.json`);
      Deno.writeTextFileSync(file, JSON.stringify(entry));
    }
    memory.remember(join(folder, "gone"), stamp);
    assertEquals(memory.recall(join(folder, "gone"))?.inode, 4);
    memory.remember(join(folder, "one more"), stamp);
    assertEquals(memory.recall(join(folder, "gone")), null);
    assertEquals(memory.recall(there)?.inode, 4);
  },
);

testInFolder(
  "realPath() follows the links of folders, not the last one",
  (folder) => {
    const real = Deno.realPathSync(folder);
    Deno.mkdirSync(join(folder, "a"));
    Deno.symlinkSync(join(folder, "a"), join(folder, "b"));
    Deno.symlinkSync("nowhere", join(folder, "a", "c"));
    assertEquals(realPath(join(folder, "b", "c")), join(real, "a", "c"));
    assertEquals(realPath(join(folder, "b/x/y/z")), join(real, "a/x/y/z"));
    assertEquals(realPath("/"), "/");
  },
);

testInFolder("stampAt() is of a link itself", (folder) => {
  Deno.symlinkSync("nowhere", join(folder, "link"));
  assertEquals(stampAt(join(folder, "link"))!.bytes, "nowhere".length);
  assertEquals(stampAt(join(folder, "none")), null);
});
