import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { inTemporaryFolder, newRun, newVerdict } from "../_testing.ts";
import { objectPath } from "../_object_store.ts";
import { migrations } from "../migrations.ts";
import { openRecords } from "../records.ts";
import { makeDatabase } from "./_form.ts";
import { checkRecords } from "./check.ts";
import { isLossy, saveRecords } from "./save.ts";

const steps = Array.from({ length: 200 }, (_, i) => i + 1);
const small = Uint8Array.from({ length: 3000 }, (_, i) => i % 251);
const large = new Uint8Array(300_000).fill(3);

/** Records three runs, the second one cut; the path of their database. */
function record(folder: string): string {
  using records = openRecords(folder);
  for (const experiment of ["a", "b", "c"]) {
    using recorder = records.startRun(newRun({ experiment }));
    for (const step of steps) {
      recorder.metric({ split: "train", name: "loss", step, value: 1 / step });
      const sha256 = sha256Hex(`${step}`);
      recorder.samples([{ index: step, step, sha256, drawn: "{}" }]);
    }
    recorder.weightHashes([
      { step: 1, layer: "head", sha256: sha256Hex("head") },
    ]);
    recorder.artifact("small", "x", small);
    recorder.artifact("large", "x", large);
    recorder.log("info", "began");
    if (experiment !== "b") recorder.finish("finished", null, newVerdict());
  }
  return join(folder, "runs.sqlite");
}

/** Changes a database by SQL, past all constraints. */
function change(path: string, sql: string): void {
  using db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  db.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`);
}

/** Writes over the bytes of a page, counted from 1 as SQLite does. */
function spoilPage(path: string, page: number): void {
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.fill(0, 4096 * (page - 1), 4096 * page));
}

Deno.test("checkRecords() finds sound records sound, and saveRecords() all of them", () => {
  inTemporaryFolder((folder) => {
    record(folder);
    const { faults, leftovers, runs, artifacts } = checkRecords(folder);
    deepStrictEqual([faults, leftovers, artifacts], [[], [], 6]);
    const output = join(folder, "new", "runs.sqlite");
    const saved = saveRecords(folder, output);
    ok(!isLossy(saved));
    deepStrictEqual(saved.runs, runs);
    using before = openRecords(folder, { readOnly: true });
    using after = openRecords(dirname(output), { readOnly: true });
    deepStrictEqual(after.runs(), before.runs());
    for (const id of runs) {
      deepStrictEqual(after.metrics(id), before.metrics(id));
      deepStrictEqual(after.samples(id), before.samples(id));
      deepStrictEqual(after.weightHashes(id), before.weightHashes(id));
      deepStrictEqual(after.lastMetrics(id), before.lastMetrics(id));
      deepStrictEqual(after.log(id), before.log(id));
      deepStrictEqual(after.artifact(id, "small"), small);
      deepStrictEqual(after.artifact(id, "large"), large);
    }
    deepStrictEqual(checkRecords(dirname(output)).faults, []);
  });
});

Deno.test("saveRecords() writes over nothing", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder);
    throws(() => saveRecords(folder, path), /is there already/);
    deepStrictEqual(checkRecords(folder).faults, []);
  });
});

Deno.test("checkRecords() tells contents that are gone, cut, changed or a link, and what no run needs", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder);
    const file = objectPath(folder, sha256Hex(large));
    const spoil: readonly [() => void, RegExp][] = [
      [() => Deno.truncateSync(file, 5), /not what was recorded/],
      [
        () => Deno.writeFileSync(file, large.slice().fill(1, 7, 8)),
        /not what was recorded/,
      ],
      [() => Deno.removeSync(file), /gone/],
      [() => Deno.symlinkSync(path, file), /symbolic link/],
    ];
    for (const [act, says] of spoil) {
      act();
      const { faults } = checkRecords(folder);
      assertEquals(faults.length, 3);
      for (const { where, what } of faults) {
        ok(says.test(what) && /artifact "large"/.test(where), what);
      }
    }
    Deno.removeSync(file);
    Deno.writeFileSync(file, large);
    change(path, "UPDATE artifact SET bytes = 7 WHERE name = 'small'");
    deepStrictEqual(
      new Set(checkRecords(folder).faults.map(({ what }) => what)),
      new Set(["it has 3000 bytes, 7 were recorded"]),
    );
    change(path, "UPDATE object SET content = x'00'");
    deepStrictEqual(checkRecords(folder).faults.length, 3);

    for (const left of ["objects/ab/x.tmp", "runs/z/file"]) {
      Deno.mkdirSync(dirname(join(folder, left)), { recursive: true });
      Deno.writeTextFileSync(join(folder, left), "12345");
    }
    deepStrictEqual(checkRecords(folder).leftovers, [
      { path: join("objects", "ab", "x.tmp"), bytes: 5 },
      { path: join("runs", "z", "file"), bytes: 5 },
    ]);
  });
});

Deno.test("checkRecords() tells rows that belong to nothing, and values that are none", () => {
  const cases: readonly [sql: string, says: RegExp][] = [
    ["DELETE FROM diff", /rows of run belong to a diff/],
    ["DELETE FROM run WHERE number = 2", /rows of metric belong to/],
    ["DELETE FROM series", /rows of metric belong to/],
    ["UPDATE metric SET step = -94 WHERE step = 5", /rows of metric .* step/],
    ["UPDATE run SET environment = '{'", /JSON/],
    ["UPDATE run SET variant = '[7]' WHERE number = 1", /./],
    ["DROP INDEX artifact_by_sha256", /header|tables/],
  ];
  inTemporaryFolder((folder) => {
    const path = record(folder), sound = Deno.readFileSync(path);
    for (const [i, [sql, says]] of cases.entries()) {
      Deno.writeFileSync(path, sound);
      change(path, sql);
      const { faults } = checkRecords(folder);
      ok(faults.some(({ what }) => says.test(what)), JSON.stringify(faults));

      const output = join(folder, `${i}`, "runs.sqlite");
      saveRecords(folder, output);
      deepStrictEqual(checkRecords(dirname(output)).faults, []);
    }
  });
});

Deno.test("saveRecords() saves what lies before and behind a damaged page, of each table", () => {
  inTemporaryFolder((folder) => {
    const path = record(folder), sound = Deno.readFileSync(path);
    const pages = sound.length / 4096;
    let most = 0;
    for (let page = 1; page <= pages; page += 5) {
      Deno.writeFileSync(path, sound);
      spoilPage(path, page);
      const output = join(folder, `${page}`, "runs.sqlite");
      const { faults } = checkRecords(folder);
      const saved = saveRecords(folder, output);
      ok(!isLossy(saved) || faults.length > 0);
      deepStrictEqual(
        checkRecords(dirname(output)).faults.filter(
          ({ what }) => !/gone/.test(what), // contents can be lost
        ),
        [],
      );
      using after = openRecords(dirname(output), { readOnly: true });
      const rows = after.known.reduce(
        (sum, { id }) => sum + after.metrics(id).length,
        0,
      );
      for (const { id } of after.known) {
        for (const { step, value } of after.metrics(id)) {
          assertEquals(value, 1 / step);
        }
        for (const { index, sha256 } of after.samples(id)) {
          assertEquals(sha256, sha256Hex(`${index}`));
        }
      }
      if (rows === 3 * steps.length) most++;
    }
    // Nearly all hold either numbers or samples of runs, not both.
    ok(most > pages / 15, `${most} of ${pages / 5}`);
  });
});

Deno.test("saveRecords() reads a database without its header, a cut one, and a list of tables that is damaged", () => {
  const bytesOf = (act: (bytes: Uint8Array) => Uint8Array) => (path: string) =>
    Deno.writeFileSync(path, act(Deno.readFileSync(path)));
  const spoil: Readonly<Record<string, (path: string) => void>> = {
    "its header is zero": bytesOf((bytes) => bytes.fill(0, 0, 100)),
    "its name is another": bytesOf((bytes) => bytes.fill(65, 0, 9)),
    "its format is another": bytesOf((bytes) => bytes.fill(9, 60, 64)),
    "it is another program's": bytesOf((bytes) => bytes.fill(9, 68, 72)),
    "its last quarter is missing": bytesOf((bytes) =>
      bytes.slice(0, 4096 * Math.floor(bytes.length * 3 / 4 / 4096))
    ),
    "a letter of a table is another": (path) => {
      const options = { readOnly: false, defensive: false }; // unknown to Deno's types
      using db = new DatabaseSync(path, options);
      db.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema
        SET sql = replace(sql, 'CREATE', 'C#EATE') WHERE name = 'metric'`);
    },
  };
  for (const [what, act] of Object.entries(spoil)) {
    inTemporaryFolder((folder) => {
      const path = record(folder);
      act(path);
      const before = Deno.readFileSync(path);
      const { runs } = saveRecords(folder, join(folder, "saved.sqlite"));
      deepStrictEqual(runs.map((id) => id[0]), ["a", "b", "c"], what);
      deepStrictEqual(Deno.readFileSync(path), before, what);
      if (what.startsWith("its format")) return; // which is not needed
      ok(checkRecords(folder).faults.length > 0, what);
    });
  }
});

Deno.test("saveRecords() brings a database of any format to the newest", () => {
  for (const format of [1, 7, 11, migrations.length - 1]) {
    inTemporaryFolder((folder) => {
      const path = join(folder, "runs.sqlite");
      makeDatabase(path, format).close();
      change(path, "INSERT INTO diff VALUES (1, 'x', 'y')");
      assertEquals(checkRecords(folder).format, format);
      const output = join(folder, "new", "runs.sqlite");
      ok(!isLossy(saveRecords(folder, output)));
      using db = new DatabaseSync(output);
      assertEquals(db.prepare("SELECT content FROM diff").get()!.content, "y");
      deepStrictEqual(checkRecords(dirname(output)).faults, []);
    });
  }
});

Deno.test("checkRecords() and saveRecords() refuse what has no table of ours", () => {
  inTemporaryFolder((folder) => {
    const path = join(folder, "runs.sqlite");
    for (
      const content of [new Uint8Array(9000), new Uint8Array(9000).fill(7)]
    ) {
      Deno.writeFileSync(path, content);
      throws(() => checkRecords(folder), ExperimentError);
      throws(() => saveRecords(folder, join(folder, "x")), ExperimentError);
    }
    Deno.removeSync(path);
    change(path, "CREATE TABLE other (x)");
    throws(() => checkRecords(folder), /no table of Cleft's/);
  });
});
