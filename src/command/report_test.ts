import { match, ok, throws } from "node:assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openRecords } from "@/record/mod.ts";
import fc from "fast-check";
import { assertEquals } from "@test/helpers.ts";
import { record, recordMatrix } from "./_record_testing.ts";
import { fileName } from "./report.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("report writes a page about some runs or all", async (folder) => {
  const ids = [record(folder), record(folder, { experiment: "other" })];
  const all = await say(folder, "report");
  assertEquals(all.code, 0, all.err);
  const path = join(folder, "results", "reports", "runs.html");
  assertEquals(all.out, `Report: ${pathToFileURL(path)}`);
  const page = Deno.readTextFileSync(path);
  for (const id of ids) ok(page.includes(id), `${id} is not on the page`);
  const one = await say(folder, "report", "mixloss@best");
  match(one.out, /^Report: file:\/\/.*\/reports\/runs-mixloss-best\.html$/);
  await say(folder, "report", "--experiment", "other", "--output", "o.html");
  const some = Deno.readTextFileSync(join(folder, "o.html"));
  ok(some.includes(ids[1]!) && !some.includes(ids[0]!));
});

testInFolder("report refuses a page about no run", async (folder) => {
  const refused = async (...words: string[]) => {
    const { code, err } = await say(folder, "report", ...words);
    assertEquals(code, 2, err);
    return err;
  };
  openRecords(join(folder, "results"))[Symbol.dispose]();
  match(await refused(), /there are no runs\n.*\n.*Run an experiment first/);
  record(folder);
  record(folder, { experiment: "other" });
  const one = await refused("--experiment", "mixlos");
  match(one, /none of the runs is of "mixlos"\n.*\n.*mean "mixloss"/);
  match(
    await refused("--experiment", "zz"),
    /Name one of mixloss, other$/,
  );
  await refused("other", "--experiment", "mixloss");
  match(await refused("nosuch"), /Cannot find the run "nosuch"/);
  const reports = join(folder, "results", "reports");
  throws(() => Deno.statSync(reports), Deno.errors.NotFound);
});

testInFolder("report names its page after what it is about", async (folder) => {
  record(folder);
  const nameOf = async (...words: string[]) => {
    const { out, err } = await say(folder, "report", ...words);
    ok(out.startsWith("Report: "), err);
    return out.split("/").at(-1);
  };
  assertEquals(await nameOf("--title", "My Runs: 1 & 2!"), "my-runs-1-2.html");
  assertEquals(await nameOf("--title", "…"), "report.html");
  assertEquals(await nameOf("--experiment", "mixloss"), "mixloss.html");
  assertEquals(
    await nameOf("--experiment", "mixloss", "--title", "b"),
    "b.html",
  );
});

testInFolder(
  "report shows a matrix by its name, unless others are named too",
  async (folder) => {
    const ids = recordMatrix(folder, {
      axes: [{ name: "loss", values: ["bce", "dice"] }],
      apOf: () => 0.5,
    });
    const pageOf = async (...words: string[]) => {
      await say(folder, "report", ...words, "--output", "o.html", "--force");
      return Deno.readTextFileSync(join(folder, "o.html"));
    };
    match(await pageOf("table"), /<title>table · Cleft<.*2 variants of loss/s);
    match(await pageOf("table", "--title", "T"), /<title>T · Cleft</);
    const both = await pageOf("table", ids[0]!);
    ok(!both.includes("variants of loss") && both.includes(ids[0]!));
    match((await say(folder, "report", "table")).out, /\/table\.html$/);
  },
);

Deno.test("fileName() is short, and made of letters and digits", () => {
  fc.assert(fc.property(fc.string({ maxLength: 120 }), (title) => {
    match(fileName(title), /^[a-z0-9][a-z0-9-]{0,79}$/);
  }));
  assertEquals(fileName("a".repeat(90)), "a".repeat(80));
});
