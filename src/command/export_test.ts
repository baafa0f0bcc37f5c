import { match } from "node:assert";
import { openRecords } from "@/record/mod.ts";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { record, recordMatrix } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "export refuses what it cannot write, before it begins",
  async (folder) => {
    const refused = async (...words: string[]) => {
      const { code, err } = await say(folder, "export", ...words);
      assertEquals(code, 2, err);
      return err;
    };
    openRecords(join(folder, "results"))[Symbol.dispose]();
    const weights = ["--format", "weights", "--output", "w.safetensors"];
    match(await refused("last"), /--format is missing/);
    match(await refused("last", "--format", "weights"), /--output is missing/);
    match(await refused("last", ...weights), /Cannot find the run "last"/);
    const ids = [record(folder), record(folder, { experiment: "other" })];
    match(await refused(...weights), /no run is named/);
    match(await refused(...ids, ...weights), /the format takes one/);
    const unknown = await refused(
      "last",
      "--format",
      "weight",
      "--output",
      "w",
    );
    match(unknown, /"weight".*\n.*--format.*\n.*"?weights"?/);
    match(
      await refused("last", "--format", "weights", "--output", "w.csv"),
      /the file is \.safetensors, not \.csv/,
    );
    Deno.writeTextFileSync(join(folder, "w.safetensors"), "of the user");
    match(await refused("last", ...weights), /Cleft did not write it/);
    match(
      await refused("last", ...weights, "--force"),
      /it has no checkpoint/,
    );
    assertEquals(
      Deno.readTextFileSync(join(folder, "w.safetensors")),
      "of the user",
    );
  },
);

testInFolder(
  "export takes the name of a matrix for all its runs",
  async (folder) => {
    const ids = recordMatrix(folder, {
      axes: [{ name: "loss", values: ["dice", "bce", "mix"] }],
      apOf: ({ loss }) => loss === "mix" ? null : 0.5,
    });
    record(folder);
    const linesOf = async (name: string) => {
      const { code, err } = await say(
        folder,
        ...["export", name, "--format", "csv", "--output", "runs.csv"],
      );
      assertEquals(code, 0, err);
      return Deno.readTextFileSync(join(folder, "runs.csv")).trim().split("\n");
    };
    const [, first, second, ...others] = await linesOf("table");
    match(first!, new RegExp(ids[0]!));
    match(second!, new RegExp(ids[1]!));
    assertEquals(others.length, 0);
    assertEquals((await linesOf("last")).length, 2);
  },
);
