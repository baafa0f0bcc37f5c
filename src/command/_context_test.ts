import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { dataRoots, pathOf, projectFolder, resultsFolder } from "./_context.ts";
import { makeContext } from "./_testing.ts";

const context = (environment: Readonly<Record<string, string>> = {}) =>
  makeContext({ callerFolder: "/here", environment });

Deno.test("pathOf() begins where the user is", () => {
  assertEquals(pathOf("a/b", context()), "/here/a/b");
  assertEquals(pathOf("/a/b", context()), "/a/b");
});

Deno.test("projectFolder has the project's file", () => {
  assertEquals(Deno.statSync(`${projectFolder}/deno.json`).isFile, true);
  assertEquals(projectFolder.endsWith("/"), false);
});

Deno.test("resultsFolder() is what is said, then the environment's, then the project's", () => {
  const set = context({ CLEFT_RESULTS: "env" });
  assertEquals(resultsFolder({ results: "said" }, set), "/here/said");
  assertEquals(resultsFolder({}, set), "/here/env");
  assertEquals(resultsFolder({}, context()), "/project/results");
  assertEquals(
    resultsFolder({}, context({ CLEFT_RESULTS: "" })),
    "/project/results",
  );
});

Deno.test("dataRoots() are looked through in that order", () => {
  const options = { "data-root": ["a", "/b"] };
  deepStrictEqual(dataRoots(options, context({ CLEFT_DATA: "env" })), [
    ...["/here/a", "/b", "/here/env", "/project/data"],
  ]);
  deepStrictEqual(dataRoots({ "data-root": [] }, context()), ["/project/data"]);
});
