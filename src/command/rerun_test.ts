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
