import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "setup --check downloads nothing, and says where nothing is",
  async (folder) => {
    const before = Deno.env.get("CLEFT_CACHE");
    Deno.env.set("CLEFT_CACHE", folder);
    try {
      const { code, out } = await say(folder, "setup", "--check");
      assertEquals(code, 0);
      match(out, /^Nothing is set up in /);
      assertEquals(out.endsWith(folder), true);
      assertEquals([...Deno.readDirSync(folder)].length, 0);
    } finally {
      if (before === undefined) Deno.env.delete("CLEFT_CACHE");
      else Deno.env.set("CLEFT_CACHE", before);
    }
  },
);
