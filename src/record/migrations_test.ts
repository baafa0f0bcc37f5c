import { deepStrictEqual, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { transaction } from "./_transaction.ts";
import { migrate, migrations, schemaVersion } from "./migrations.ts";

Deno.test("migrate() ends at the newest version and is idempotent", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, "here");
  migrate(db, "here");
  assertEquals(schemaVersion(db, "here"), migrations.length);
});

Deno.test("migrate() brings every older version to the newest schema", () => {
  using newest = new DatabaseSync(":memory:");
  migrate(newest, "here");
  for (let version = 1; version < migrations.length; version++) {
    using db = new DatabaseSync(":memory:");
    migrate(db, "here", migrations.slice(0, version));
    db.exec("INSERT INTO diff (sha256, content) VALUES ('ab', 'kept')");
    migrate(db, "here");
    deepStrictEqual(schemaOf(db), schemaOf(newest));
    assertEquals(db.prepare("SELECT content FROM diff").get()!.content, "kept");
  }
});

Deno.test("migrate() leaves the older version when a step fails", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, "here");
  const before = schemaOf(db);
  const steps = [
    ...migrations,
    "CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE run (b INTEGER);",
  ];
  throws(() => migrate(db, "here", steps), /table run already exists/);
  deepStrictEqual(schemaOf(db), before);
  assertEquals(schemaVersion(db, "here"), migrations.length);
});

Deno.test("schemaVersion() refuses a newer database and says so", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, "here", [...migrations, "CREATE TABLE later (a INTEGER);"]);
  throws(
    () => schemaVersion(db, "here"),
    (error) =>
      error instanceof ExperimentError &&
      error.message.includes(`they have format ${migrations.length + 1}`) &&
      error.fix.startsWith("Update Cleft"),
  );
});

Deno.test("schemaVersion() refuses the database of another program", () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE bookmarks (url TEXT)");
  throws(() => migrate(db, "here"), /of another program/);
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
  migrate(db, "here", migrations.slice(0, 11));
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
  const variants = [{ planHash: "old tta" }, { planHash: "unknown" }];
  db.prepare("INSERT INTO matrix VALUES ('m', ?)")
    .run(JSON.stringify({ name: "m", axes: [], variants }));
  migrate(db, "here");

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
  const { definition } = db.prepare("SELECT definition FROM matrix").get()!;
  deepStrictEqual(JSON.parse(definition as string).variants, [
    { planHash: hash.tta },
    { planHash: "unknown" },
  ]);
  const ranked = of("ranking");
  assertEquals(ranked.whole, '{"name":"ap","better":"higher"}');
  assertEquals(ranked.dice, '{"name":"dice","better":"higher"}');
  assertEquals(ranked.lower, '{"name":"adgt","better":"lower"}');
  assertEquals(ranked.broken, null);
});
