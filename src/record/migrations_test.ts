import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { putOldRecords } from "@test/old_records.ts";
import { thisHolder } from "./_holder.ts";
import { inTemporaryFolder, newRun, newVerdict } from "./_testing.ts";
import { transaction } from "./_transaction.ts";
import { migrate, migrations, schemaVersion } from "./migrations.ts";
import { openRecords } from "./records.ts";
import { verdictText } from "./verdict.ts";

Deno.test("migrate() ends at the newest version and is idempotent", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, { where: "here" });
  migrate(db, { where: "here" });
  assertEquals(schemaVersion(db, { where: "here" }), migrations.length);
});

Deno.test("migrate() brings every older version to the newest schema", () => {
  using newest = new DatabaseSync(":memory:");
  migrate(newest, { where: "here" });
  for (let version = 1; version < migrations.length; version++) {
    using db = new DatabaseSync(":memory:");
    migrate(db, { where: "here", steps: migrations.slice(0, version) });
    db.exec("INSERT INTO diff (sha256, content) VALUES ('ab', 'kept')");
    migrate(db, { where: "here" });
    deepStrictEqual(schemaOf(db), schemaOf(newest));
    assertEquals(db.prepare("SELECT content FROM diff").get()!.content, "kept");
  }
});

Deno.test("migrate() leaves the older version when a step fails", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, { where: "here" });
  const before = schemaOf(db);
  const steps = [
    ...migrations,
    "CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE run (b INTEGER);",
  ];
  throws(
    () => migrate(db, { where: "here", steps }),
    /table run already exists/,
  );
  deepStrictEqual(schemaOf(db), before);
  assertEquals(schemaVersion(db, { where: "here" }), migrations.length);
});

Deno.test("schemaVersion() refuses a newer database and says so", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, {
    where: "here",
    steps: [...migrations, "CREATE TABLE later (a INTEGER);"],
  });
  throws(
    () => schemaVersion(db, { where: "here" }),
    (error) =>
      error instanceof ExperimentError &&
      error.message.includes(`they have format ${migrations.length + 1}`) &&
      error.fix.startsWith("Update Cleft"),
  );
});

Deno.test("schemaVersion() refuses the database of another program", () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE bookmarks (url TEXT)");
  throws(() => migrate(db, { where: "here" }), /of another program/);
  deepStrictEqual(schemaOf(db), ["CREATE TABLE bookmarks (url TEXT)"]);
});

Deno.test("transaction() rolls back and passes the error on", () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE a (b INTEGER) STRICT");
  throws(() =>
    transaction(db, () => {
      db.exec("INSERT INTO a VALUES (1)");
      throw new RangeError("wrong");
    }), /wrong/);
  assertEquals(db.isTransaction, false);
  assertEquals(db.prepare("SELECT count(*) AS n FROM a").get()!.n, 0);
});

Deno.test("transaction() survives a full disk, which ends it by itself", () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE a (b BLOB) STRICT; PRAGMA max_page_count = 4");
  const insert = () => db.exec("INSERT INTO a VALUES (zeroblob(100000))");
  throws(() => transaction(db, insert), /disk is full/);
  assertEquals(db.isTransaction, false);
  transaction(db, () => db.exec("INSERT INTO a VALUES (zeroblob(10))"));
});

function schemaOf(db: DatabaseSync): unknown[] {
  return db.prepare(
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
  ).all().map((row) => row.sql);
}

Deno.test("migrate() gives older runs their hashes and rankings, and matrices theirs", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, { where: "here", steps: migrations.slice(0, 11) });
  db.exec("INSERT INTO diff (sha256, content) VALUES ('ab', '')");
  const add = db.prepare(
    `INSERT INTO run (id, experiment, overrides, plan, plan_hash, seed,
       environment, diff, state, started_at)
     VALUES (?, 'a', '[]', ?, ?, 1, '{}', 1, 'finished', '')`,
  );
  const planOf = (metrics: readonly string[], more: object = {}) =>
    JSON.stringify({ spec: { seed: 1, evaluate: { metrics }, ...more } });
  const all = ["averagePrecision", "dice", "cremi", "objects"];
  const plans = {
    whole: planOf(all),
    named: planOf(all, { name: "x", train: { workers: 7, batch: 2 } }),
    tta: planOf(all, { infer: { tta: { type: "flips" } } }),
    larger: planOf(all, { train: { batch: 4 } }),
    dice: planOf(["objects", "dice"]),
    lower: planOf(["cremi"]),
    broken: "{",
    none: "null",
  };
  for (const [id, plan] of Object.entries(plans)) {
    add.run(id, plan, `old ${id}`);
  }
  const variants = ["old tta", "unknown"]
    .map((planHash) => ({ values: {}, planHash }));
  db.prepare("INSERT INTO matrix VALUES ('m', ?)")
    .run(JSON.stringify({ name: "m", axes: [], variants }));
  migrate(db, { where: "here" });

  const rows = db.prepare("SELECT * FROM run").all();
  const of = (column: string) =>
    Object.fromEntries(rows.map((row) => [row.id, row[column]]));
  const hash = of("plan_hash"), training = of("training_hash");
  assertEquals(hash.named, hash.whole);
  assertEquals(training.tta, training.whole);
  for (const id of ["broken", "none"]) {
    deepStrictEqual([hash[id], training[id]], [`old ${id}`, `old ${id}`]);
  }
  assertEquals(new Set(Object.values(hash)).size, 7);
  assertEquals(new Set(Object.values(training)).size, 6);
  deepStrictEqual(
    db.prepare("SELECT plan_hash FROM matrix_variant").all()
      .map((row) => row.plan_hash),
    [hash.tta, "unknown"],
  );
  const ranked = of("ranking");
  assertEquals(ranked.whole, '{"name":"ap","better":"higher"}');
  assertEquals(ranked.dice, '{"name":"dice","better":"higher"}');
  assertEquals(ranked.lower, '{"name":"adgt","better":"lower"}');
  assertEquals(ranked.broken, null);
});

Deno.test("migrate() makes records of verdicts that were sentences", () => {
  const end = ", and engine, threads, code, lockfile and data are the same";
  const sentences = [
    "identical: 60 metrics, 98 weight hashes, 12 samples",
    "identical: 4 metrics, 0 weight hashes, 2 samples, all that the unfinished run recorded",
    "identical: 4 metrics, 9 weight hashes, 0 samples, all that was measured of weights trained before",
    `different from step 3: train loss is 0.5, was NaN${end}`,
    "different from step 12: weights of a/b, likely because of threads: 4, was 2; commit: b, was a",
    `different from the end: 2 metrics, 1 weight hashes and 1 samples on record were not reached${end}`,
    "different from step 1: validation ap was not recorded before, likely because of uncommitted changes",
  ];
  const early = [ // of versions before samples were recorded
    "identical: 3 metrics, 2 weight hashes",
    `different from 3 recorded metrics were not reached${end}`,
  ];
  inTemporaryFolder((folder) => {
    using db = new DatabaseSync(join(folder, "runs.sqlite"));
    migrate(db, { where: "here", steps: migrations.slice(0, 13) });
    const add = db.prepare(
      `INSERT INTO run (id, experiment, overrides, plan, plan_hash,
         training_hash, seed, environment, diff, state, started_at, verdict)
       VALUES (?, 'a', '[]', '{}', 'p', 't', 1, ?, 1, 'finished', '', ?)`,
    );
    db.exec("INSERT INTO diff (sha256, content) VALUES ('ab', '')");
    const environment = JSON.stringify(newRun().environment);
    for (const text of [null, ...sentences, ...early]) {
      const number = add.run(text ?? "none", environment, text).lastInsertRowid;
      db.prepare("INSERT INTO heartbeat VALUES (?, 1, ?, '')")
        .run(number, JSON.stringify(thisHolder()));
    }
    using records = openRecords(folder);
    assertEquals(records.run("none").verdict, null);
    for (const sentence of sentences) {
      const verdict = records.run(sentence).verdict!;
      assertEquals(verdictText(verdict), sentence);
      assertEquals(verdict.isIdentical, sentence.startsWith("identical"));
    }
    deepStrictEqual(records.run(sentences[4]!).verdict, {
      isIdentical: false,
      firstDifference: { step: 12, what: "weights of a/b" },
      reasons: ["threads: 4, was 2", "commit: b, was a"],
      same: null,
      extent: "whole",
    });
    deepStrictEqual(records.run(early[0]!).verdict, {
      ...newVerdict(),
      same: { metrics: 3, weightHashes: 2, samples: 0 },
    });
    deepStrictEqual(records.run(early[1]!).verdict!.firstDifference, {
      step: null,
      what: "3 recorded metrics were not reached",
    });
  });
});

Deno.test("migrate() keeps all that a database of form 13 tells", () => {
  inTemporaryFolder((folder) => {
    putOldRecords(13, folder);
    using records = openRecords(folder);
    const told = records.runs()
      .map(({ verdict }) => verdict && verdictText(verdict));
    deepStrictEqual(told, [
      null,
      "identical: 60 metrics, 98 weight hashes, 0 samples",
      ...[null, null, null],
      "identical: 18 metrics, 98 weight hashes, 0 samples",
      "different from step 4: weights of encoder0/conv1/kernel, " +
      "and engine, threads, code, lockfile and data are the same",
      "identical: 44 metrics, 98 weight hashes, 0 samples, " +
      "all that the unfinished run recorded",
    ]);
    const [first, , dice, begun] = records.runs();
    deepStrictEqual(
      begun!.inputs.map(({ role, split, run }) => [role, split, run]),
      [
        ["init", null, first!.id],
      ],
    );
    for (const { id } of records.runs()) {
      const last = records.metrics(id)
        .map(({ split, name, value }) => [`${split}/${name}`, value]);
      deepStrictEqual(records.lastMetrics(id), Object.fromEntries(last));
    }
    const matrix = records.matrix("old")!;
    deepStrictEqual(matrix, {
      name: "old",
      axes: [{ name: "loss", values: ["bce", "dice"] }],
      variants: [
        { values: { loss: "bce" }, planHash: first!.planHash },
        { values: { loss: "dice" }, planHash: dice!.planHash },
      ],
    });
  });
});

Deno.test("migrate() finds splits in the roles of inputs, and runs in paths of weights alone", () => {
  const inputs = [
    ["train[0]", "run a, checkpoint/best", "train", null],
    ["validation[12]", "/v.hdf", "validation", null],
    ["test[0]", "/t.hdf", "test", null],
    ["augment", "/a.hdf", null, null],
    ["init", "/run b, w.safetensors", null, null],
    [
      "init",
      "run mix-20261123-2105-k3f9, checkpoint/best",
      null,
      "mix-20261123-2105-k3f9",
    ],
  ];
  using db = new DatabaseSync(":memory:");
  migrate(db, { where: "here", steps: migrations.slice(0, 13) });
  db.exec("PRAGMA foreign_keys = OFF");
  const add = db.prepare("INSERT INTO input VALUES (1, ?, ?, ?, 1, '')");
  for (const [i, [role, path]] of inputs.entries()) add.run(i, role!, path!);
  migrate(db, { where: "here" });
  deepStrictEqual(
    db.prepare("SELECT role, path, split, of_run FROM input").all()
      .map((row) => Object.values(row)),
    inputs,
  );
});
