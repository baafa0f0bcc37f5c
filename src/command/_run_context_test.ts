import { deepStrictEqual, throws } from "node:assert";
import { join } from "node:path";
import { newVerdict } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { Outputs } from "./_outputs.ts";
import { Pages } from "./_pages.ts";
import { exitCodeOf, reportingContext, runContext } from "./_run_context.ts";
import { makeContext, testInFolder } from "./_testing.ts";

/** What a command line in a folder gives. */
function given(folder: string) {
  const context = makeContext({ callerFolder: folder, projectFolder: folder });
  const outputs = new Outputs({
    isForced: true,
    resultsFolder: null,
    cacheFolder: () => join(folder, "cache"),
  });
  return { context, outputs };
}

testInFolder(
  "runContext() tells runs where things are, and outputs what is read",
  async (folder) => {
    const { context, outputs } = given(folder);
    const options = { results: "r", "data-root": ["d"] };
    const place = await runContext({ options, outputs }, context);
    assertEquals(place.resultsFolder, join(folder, "r"));
    deepStrictEqual(place.dataRoots, [join(folder, "d"), join(folder, "data")]);
    const path = join(folder, "a.hdf");
    Deno.writeTextFileSync(path, "read");
    place.onInputs?.([path]);
    throws(
      () => outputs.check({ path, where: "--output a.hdf" }),
      /it is read, as/,
    );
  },
);

Deno.test("exitCodeOf() is fine of what finished, and was the same if repeated", () => {
  const different = newVerdict({ step: 1, what: "x" });
  assertEquals(exitCodeOf({ state: "finished", verdict: null }), 0);
  assertEquals(exitCodeOf({ state: "finished", verdict: newVerdict() }), 0);
  assertEquals(exitCodeOf({ state: "finished", verdict: different }), 1);
  assertEquals(exitCodeOf({ state: "failed", verdict: null }), 1);
  assertEquals(exitCodeOf({ state: "interrupted", verdict: null }), 1);
});

testInFolder(
  "reportingContext() knows whether pages are wanted, and tells of them",
  async (folder) => {
    const { context, outputs } = given(folder);
    const pages = new Pages({ opens: false });
    const of = async (open: boolean) =>
      await reportingContext({
        options: { open, "data-root": [] },
        outputs,
        pages,
      }, context);
    assertEquals((await of(true)).wantsPage, true);
    assertEquals((await of(false)).wantsPage, false);
    assertEquals((await of(false)).linkTo("/a b.html"), "file:///a%20b.html");
  },
);
