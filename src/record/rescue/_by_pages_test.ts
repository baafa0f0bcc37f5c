import { deepStrictEqual, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import { sha256Hex } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { inTemporaryFolder, newRun, newVerdict } from "../_testing.ts";
import { migrations } from "../migrations.ts";
import { openRecords } from "../records.ts";
import { DatabaseByPages } from "./_by_pages.ts";
import { makeDatabase } from "./_form.ts";
import { checkRecords } from "./check.ts";
import { isLossy, saveRecords } from "./save.ts";

const pageBytes = 4096;
const steps = Array.from({ length: 1200 }, (_, i) => i + 1);

/** Records two runs, the first of them with a change of the code of 20 pages. */
function record(folder: string): string {
  using records = openRecords(folder);
  const { environment } = newRun();
  for (const [experiment, lines] of [["a", 4000], ["b", 1]] as const) {
    const dirtyDiff = `${experiment}: a line of code\n`.repeat(lines);
    using recorder = records.startRun(
      newRun({ experiment, environment: { ...environment, dirtyDiff } }),
    );
    for (const step of steps) {
      recorder.metric({ split: "train", name: "loss", step, value: 1 / step });
    }
    const sha256 = sha256Hex("x");
    recorder.samples([{ index: 1, step: 1, sha256, drawn: "{}" }]);
    recorder.weightHashes([{ step: 1, layer: "head", sha256 }]);
    recorder.artifact("small", "x", new Uint8Array(9000).fill(3));
    recorder.log("info", "began");
    recorder.finish("finished", null, newVerdict());
  }
  return join(folder, "runs.sqlite");
}

/** Writes noise, the same each time, over pages counted from 1. */
function spoil(path: string, ...pages: readonly number[]): void {
  const bytes = Deno.readFileSync(path);
  for (const page of pages) {
    for (let i = 0; i < pageBytes; i++) {
      bytes[(page - 1) * pageBytes + i] = (i * 31 + page * 7) % 251;
    }
  }
  Deno.writeFileSync(path, bytes);
}

/** The numbers of each run. */
function numbersOf(folder: string) {
  using records = openRecords(folder, { readOnly: true });
  return new Map(records.known.map(({ id }) => [id, records.metrics(id)]));
}

/** All that records say of runs, but for what is noted of the rescue. */
function contents(folder: string) {
  using records = openRecords(folder, { readOnly: true });
  return records.known.map(({ id }) => ({
    run: records.run(id),
    metrics: records.metrics(id),
    last: records.lastMetrics(id),
    hashes: records.weightHashes(id),
    samples: records.samples(id),
    artifact: records.artifact(id, "small"),
    log: records.log(id).filter(({ text }) => !/Saved from/.test(text)),
  }));
}

Deno.test("saveRecords() finds all rows without the list of tables, and says that it cannot know", () => {
  for (const spoiled of ["noise", "zeros"]) {
    inTemporaryFolder((folder) => {
      const path = record(folder), expected = contents(folder);
      if (spoiled === "noise") spoil(path, 1);
      else {
        const bytes = Deno.readFileSync(path);
        Deno.writeFileSync(path, bytes.fill(0, 0, pageBytes));
      }
      const before = Deno.readFileSync(path);
      const { faults, runs } = checkRecords(folder);
      assertEquals(runs.length, 2);
      ok(faults.some(({ what }) => /list of tables is lost/.test(what)));

      const output = join(folder, "new", "runs.sqlite");
      ok(isLossy(saveRecords(folder, output)));
      deepStrictEqual(Deno.readFileSync(path), before);
      deepStrictEqual(checkRecords(dirname(output)).faults, []);
      deepStrictEqual(contents(dirname(output)), expected);
      using saved = openRecords(dirname(output), { readOnly: true });
      for (const id of runs) {
        ok(saved.log(id).some(({ text }) => /Saved from/.test(text)), id);
      }
    });
  }
});

Deno.test("saveRecords() finds what lies below any lost page besides, and nothing that was never there", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder), sound = Deno.readFileSync(path);
    const expected = numbersOf(folder);
    const pages = sound.length / pageBytes;
    let kept = 0, recorded = 0;
    for (let page = 3; page <= pages; page += 17) {
      Deno.writeFileSync(path, sound);
      spoil(path, 1, page);
      const output = join(folder, `${page}`, "runs.sqlite");
      saveRecords(folder, output);
      recorded += 2 * steps.length;
      for (const [id, metrics] of numbersOf(dirname(output))) {
        const known = new Set(expected.get(id)!.map((one) => one.value));
        ok(metrics.every(({ value }) => known.has(value)));
        kept += metrics.length;
      }
    }
    // A page holds some 300 of them, and most hold something else.
    ok(kept > 0.8 * recorded, `${kept} of ${recorded}`);
  });
});

Deno.test("saveRecords() reads the leaves of a table whose uppermost page is lost, its list being sound", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder), expected = numbersOf(folder);
    using db = new DatabaseSync(path);
    const { rootpage } = db.prepare(
      "SELECT rootpage FROM sqlite_schema WHERE name = 'metric'",
    ).get()!;
    db.close();
    spoil(path, Number(rootpage));
    const output = join(folder, "new", "runs.sqlite");
    const { tables } = saveRecords(folder, output);
    ok(tables.some(({ name, isWhole }) => name === "metric" && !isWhole));
    // Rows between leaves lie in the page above them.
    for (const [id, metrics] of numbersOf(dirname(output))) {
      ok(metrics.length > 0.98 * expected.get(id)!.length);
    }
  });
});

Deno.test("saveRecords() reads a file without its first page that was cut", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder);
    const bytes = Deno.readFileSync(path);
    spoil(path, 1);
    Deno.truncateSync(path, Math.floor(bytes.length * 0.7) + 100);
    const output = join(folder, "new", "runs.sqlite");
    const { runs } = saveRecords(folder, output);
    assertEquals(runs.length, 2);
    ok(numbersOf(dirname(output)).get(runs[0]!)!.length > 0);
  });
});

Deno.test("DatabaseByPages leaves out what was deleted", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder);
    using db = new DatabaseSync(path);
    db.exec("DELETE FROM metric WHERE step > 100; DELETE FROM last_metric");
    db.close();
    spoil(path, 1);
    using found = DatabaseByPages.open(path)!;
    const { n } = found.db.prepare("SELECT count(*) AS n FROM metric").get()!;
    assertEquals(n, 200);
  });
});

Deno.test("DatabaseByPages knows the format of a database by its rows", () => {
  const run = `INSERT INTO diff (sha256, content) VALUES ('${
    sha256Hex("")
  }', ''); INSERT INTO run (id, experiment, overrides, plan, plan_hash, seed,
    environment, diff, state, started_at) VALUES ('a', 'a', '[]', '{}',
    '${sha256Hex("a")}', 1, '{}', 1, 'failed', 'now');`;
  // Formats that write such rows alike are not told apart.
  const alike: Record<number, number> = { 11: 10, 15: 14, 18: 16 };
  for (const made of [2, 11, 12, 13, 14, 15, 18, migrations.length]) {
    inTemporaryFolder((folder) => {
      const path = join(folder, "runs.sqlite");
      using db = makeDatabase(path, made);
      db.exec(run);
      if (made >= 12) db.exec("UPDATE run SET training_hash = plan_hash");
      db.close();
      spoil(path, 1);
      using found = DatabaseByPages.open(path)!;
      assertEquals(found.format, alike[made] ?? made);
      assertEquals(found.db.prepare("SELECT id FROM run").get()!.id, "a");
    });
  }
});
