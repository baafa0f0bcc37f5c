import { deepStrictEqual, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { RunError } from "@/core/mod.ts";
import type { Recorder, Records } from "@/record/mod.ts";
import {
  filesBelow,
  newRun,
  newVerdict,
  withRecords,
} from "@/record/_testing.ts";

type Operation = (records: Records, recorder: Recorder) => void;

/** The writes to fail; the run already has a checkpoint of step 1. */
const operations: Record<string, Operation> = {
  "Recorder.flush()": (_, recorder) => recorder.flush(),
  "Recorder.artifact() of small content": (_, recorder) => {
    recorder.artifact("checkpoint/last", "x", new Uint8Array(100).fill(2));
  },
  "Recorder.artifact() of large content": (_, recorder) => {
    recorder.artifact("checkpoint/last", "x", new Uint8Array(300_000).fill(2));
  },
  "Recorder.finish()": (_, recorder) =>
    recorder.finish("failed", "NaN", newVerdict()),
  "Records.startRun()": (records) => {
    records.startRun(newRun({ experiment: "second" }));
  },
  "Records.continueRun()": (records) => {
    records.continueRun("cut", { afterStep: 0 });
  },
};

for (const [name, operate] of Object.entries(operations)) {
  Deno.test(`${name} is recorded wholly or not at all, whichever write fails`, () => {
    const whole = stateAfter(operate, 0);
    let failing = 1;
    while (stateAfter(operate, failing, whole) !== undefined) failing++;
    ok(failing > 2, "there was no write to fail");
  });
}

/**
 * The state after an operation whose write number `failing` fails the first
 * time; `undefined` if it has fewer writes.
 */
function stateAfter(operate: Operation, failing: number, whole?: unknown) {
  let state: unknown;
  withRecords((records) => {
    {
      using cut = records.startRun(newRun({ experiment: "cut" }));
      give(cut, 1);
    }
    using recorder = records.startRun(newRun());
    give(recorder, 1);
    recorder.artifact("checkpoint/last", "x", new Uint8Array(300_000).fill(1));
    using db = new DatabaseSync(join(records.folder, "runs.sqlite"));
    failWrite(db, failing);
    give(recorder, 2);
    const before = stateOf(db, records.folder);
    try {
      operate(records, recorder);
      if (failing > 0) return;
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      ok(error.message.endsWith("the folder cannot be written to"));
      deepStrictEqual(stateOf(db, records.folder), before);
      failWrite(db, 0);
      operate(records, recorder);
    }
    state = stateOf(db, records.folder);
    if (whole) deepStrictEqual(state, whole);
  });
  return state;
}

/** Hands over one of each thing that waits for the next write. */
function give(recorder: Recorder, step: number): void {
  recorder.metric({ split: "train", name: `a${step}`, step, value: step });
  recorder.metric({ split: "train", name: "b", step, value: NaN });
  recorder.weightHashes([
    { step, layer: `layer${step}`, sha256: `${step}`.repeat(64) },
  ]);
  recorder.samples([
    { index: step, step, sha256: `${step}`.repeat(64), drawn: "{}" },
  ]);
}

/** Lets write number `count` to any table fail; 0 for none. */
function failWrite(db: DatabaseSync, count: number): void {
  db.exec(`BEGIN; CREATE TABLE IF NOT EXISTS countdown (left INTEGER);
    DELETE FROM countdown; INSERT INTO countdown VALUES (${count});`);
  for (const table of tablesOf(db)) {
    for (const verb of ["INSERT", "UPDATE", "DELETE"]) {
      db.exec(`CREATE TRIGGER IF NOT EXISTS ${verb}_${table}
        BEFORE ${verb} ON ${table} BEGIN
          UPDATE countdown SET left = left - 1;
          SELECT RAISE(ABORT, 'attempt to write a readonly database')
            WHERE (SELECT left FROM countdown) = 0;
        END`);
    }
  }
  db.exec("COMMIT");
}

function tablesOf(db: DatabaseSync): string[] {
  return db.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND
       name NOT IN ('countdown', 'sqlite_sequence') ORDER BY name`,
  ).all().map((row) => row.name as string);
}

/** Every row and every file, but for names and times, which differ by run. */
function stateOf(db: DatabaseSync, folder: string): unknown {
  const rows = tablesOf(db).map((table) => [
    table,
    db.prepare(`SELECT * FROM ${table}`).all().map((row) => ({
      ...row,
      ...("at" in row && { at: "" }),
      ...(table === "run" && { id: "", started_at: "", finished_at: "" }),
    })),
  ]);
  const files = filesBelow(folder)
    .filter((path) => !path.startsWith("runs.sqlite"))
    .map((path) => path.replace(/^(runs\/\w+)[^/]*/, "$1"));
  return { rows, files };
}
