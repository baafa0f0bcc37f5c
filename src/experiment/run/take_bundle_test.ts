import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, writeBundle } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import { smallPlan } from "./_testing.ts";
import { bundleRuns } from "./bundle_runs.ts";
import { takeBundle } from "./take_bundle.ts";

/** A results folder with a finished run; its id. */
function recordIn(folder: string): string {
  using records = openRecords(folder);
  using recorder = records.startRun(
    newRun({ plan: JSON.stringify(smallPlan()), inputs: [] }),
  );
  recorder.finish("finished");
  return recorder.run.id;
}

Deno.test("takeBundle() brings runs, their page and experiments, and leaves what is there", () => {
  using folder = testFolder();
  const [ours, path] = [folder.path("ours"), folder.path("a.cleft")];
  const id = recordIn(ours);
  deepStrictEqual(
    bundleRuns({ runs: [id], folder: ours, path, dataBytes: 1 }),
    { runs: [id], inside: [], byHash: [] },
  );
  const theirs = folder.path("theirs");
  const taken = takeBundle(path, theirs);
  deepStrictEqual([taken.runs, taken.brought, taken.had], [[id], [id], []]);
  const place = join(theirs, "bundles", "a");
  deepStrictEqual(taken.dataRoot, join(place, "data"));
  ok(Deno.readTextFileSync(taken.page).startsWith("<!"));
  const yaml = join(place, "experiments", `${id}.yaml`);
  const text = Deno.readTextFileSync(yaml);
  ok(text.startsWith("name: small\n"));

  const { ino } = Deno.statSync(taken.page);
  Deno.writeTextFileSync(yaml, " ".repeat(text.length));
  const again = takeBundle(path, theirs);
  deepStrictEqual([again.brought, again.had], [[], [id]]);
  deepStrictEqual(Deno.statSync(taken.page).ino, ino);
  deepStrictEqual(Deno.readTextFileSync(yaml), text);
});

Deno.test("takeBundle() refuses a file for another place, and then takes nothing", () => {
  using folder = testFolder();
  const ours = folder.path("ours");
  const runs = [recordIn(ours)];
  for (const name of ["../b/x", "/x", "../bc"]) {
    const path = folder.path("b.cleft");
    writeBundle(path, {
      ...{ folder: ours, runs },
      files: [{ name, content: Uint8Array.of(1) }],
    });
    const theirs = folder.path("theirs");
    const take = () => takeBundle(path, theirs);
    if (name === "../b/x") take(); // which is its own place
    else throws(take, /it has a file for another place/);
    Deno.removeSync(path);
  }
});
