import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { eventsFolder, writeMlruns } from "@/experiment/foreign/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "import says what came, and what others do with it",
  async (folder) => {
    writeMlruns(folder);
    const bring = (...words: readonly string[]) =>
      say(folder, "import", ...words, "--metric", "val/dice=dice");
    const { code, out, err } = await bring("mlruns", eventsFolder);
    deepStrictEqual([code, err], [0, ""]);
    match(
      out,
      /^4 runs imported\nMetrics under their names there: Dice\/val, /,
    );
    match(out, /\nTo call one as Cleft does: --metric 'Dice\/val=dice'$/);
    match((await bring("mlruns")).out, /^0 runs imported, 2 here already\n/);
    const json = JSON.parse((await bring("mlruns", "--json")).out);
    deepStrictEqual([json.added, json.had.length], [[], 2]);
    match((await say(folder, "list")).out, /Synapses\/α +finished .* 0\.625/);
    match((await say(folder, "show", json.had[0])).out, /engine +MLflow/);
    const weights = ["--format", "weights", "--output", "w.safetensors"];
    match(
      (await say(folder, "export", json.had[0], ...weights)).err,
      /Take them from MLflow: only its numbers were imported/,
    );
    for (const command of ["rerun", "resume"]) {
      const refused = await say(folder, command, json.had[0]);
      assertEquals(refused.code, 2, command);
      match(refused.err, /MLflow has trained this run, not Cleft/);
    }
  },
);

testInFolder(
  "import names what it looks for, or says that nothing is there",
  async (folder) => {
    const { code, err } = await say(folder, "import", ".");
    assertEquals(code, 2);
    match(err, /no folder mlruns of MLflow, no database of MLflow, no event/);
    match(
      (await say(folder, "import", join(folder, "x"))).err,
      /^Cannot import: there is no such file/,
    );
  },
);
