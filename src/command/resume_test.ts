import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { record } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("resume names the run that it cannot find", async (folder) => {
  record(folder);
  const { code, err } = await say(folder, "resume", "nosuch");
  assertEquals(code, 2);
  match(err, /Cannot find the run "nosuch"/);
});

testInFolder("resume goes on from places that there are", async (folder) => {
  record(folder);
  const { code, err } = await say(folder, "resume", "last", "--from", "bset");
  assertEquals(code, 2);
  match(err, /last or best or start\n.*\n.*Write best$/);
});
