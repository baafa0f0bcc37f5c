import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { record } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("rerun names the run that it cannot find", async (folder) => {
  record(folder);
  const { code, err } = await say(folder, "rerun", "nosuch");
  assertEquals(code, 2);
  match(err, /Cannot find the run "nosuch"/);
});

testInFolder(
  "rerun looks all runs up before it repeats one",
  async (folder) => {
    const id = record(folder);
    const { code, err, out } = await say(folder, "rerun", id, "nosuch");
    assertEquals(code, 2);
    assertEquals(out, "");
    match(err, /Cannot find the run "nosuch"/);
  },
);
