import type { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { databaseName } from "../_leftovers.ts";
import { migrations } from "../migrations.ts";
import { openRecords } from "../records.ts";
import { checkContents } from "./_contents.ts";
import { type DamagedDatabase, openDatabase } from "./_damaged.ts";
import type { RecordsFault } from "./_fault.ts";
import { rowNumber } from "./_table.ts";
import { findLeftovers, type Leftover } from "./_leftovers.ts";
import { isOfSqlite, readRows, type Row } from "./_read_rows.ts";

/** What was found of the records in a results folder. */
export interface CheckedRecords {
  /** The database. */
  readonly path: string;
  /** How many migrations it has had. */
  readonly format: number;
  /** The runs that can be read, oldest first. */
  readonly runs: readonly string[];
  /** How many artifacts are on record. */
  readonly artifacts: number;
  /** What they come to, each content once. */
  readonly bytes: number;
  /** What is wrong; nothing if the records are sound. */
  readonly faults: readonly RecordsFault[];
  /** What no run needs; it does no harm. */
  readonly leftovers: readonly Leftover[];
}

/** What of a database is not as it was made. */
const lostParts: Readonly<Record<DamagedDatabase["left"], readonly string[]>> =
  {
    all: [],
    pages: ["its header or its list of tables"],
    rows: ["its list of tables is lost; whether other rows are, nobody knows"],
  };

/** Complaints of SQLite about a database, at most. */
const mostComplaints = 20;

/**
 * Looks through the records in a results folder, and changes nothing: the
 * database as SQLite does, what refers to what, the values in it, and whether the
 * contents of artifacts are those that were recorded.
 *
 * @throws {ExperimentError} If no table of ours can be found in it.
 */
export function checkRecords(folder: string): CheckedRecords {
  const path = join(folder, databaseName);
  using damaged = openDatabase(path);
  const { db, format, left } = damaged;
  const inDatabase = [
    ...lostParts[left].map(ofDatabase),
    ...complaintsOf(db),
    ...strangersOf(db),
  ];
  const isCurrent = format === migrations.length;
  const inValues = inDatabase.length === 0 && isCurrent ? valuesOf(folder) : [];
  const ids = idsOf(db);
  const contents = checkContents(db, { folder, ids });
  const runs = [...ids.values()];
  return {
    path,
    format,
    runs,
    artifacts: contents.artifacts,
    bytes: contents.bytes,
    faults: [...inDatabase, ...inValues, ...contents.faults],
    leftovers: findLeftovers(folder, {
      runs: new Set(runs),
      contents: contents.files,
    }),
  };
}

/** Runs by their numbers, in order. */
function idsOf(db: DatabaseSync): ReadonlyMap<bigint, string> {
  const ids = new Map<bigint, string>();
  const table = { name: "run", columns: ["number", "id"], key: [rowNumber] };
  const keep = ([number, id]: Row) => {
    if (typeof number === "bigint" && typeof id === "string") {
      ids.set(number, id);
    }
  };
  readRows(db, { table, keep });
  return new Map([...ids].toSorted(([a], [b]) => Number(a - b)));
}

function ofDatabase(what: string): RecordsFault {
  return { where: "the database", what };
}

/** What SQLite finds as it goes through all of the file. */
function complaintsOf(db: DatabaseSync): readonly RecordsFault[] {
  return tried(() =>
    db.prepare(`PRAGMA integrity_check(${mostComplaints})`).all()
      .map((row) => `${row["integrity_check"]}`)
      .filter((text) => text !== "ok").map(ofDatabase)
  );
}

/** Rows that refer to others that are not there, or to a step that cannot be. */
function strangersOf(db: DatabaseSync): readonly RecordsFault[] {
  return tried(() => {
    const declared = db.prepare("PRAGMA foreign_key_check").all();
    const metrics = db.prepare(
      `SELECT DISTINCT 'metric' AS "table", 'run or series' AS parent
       FROM metric WHERE run NOT IN (SELECT number FROM run)
         OR series NOT IN (SELECT id FROM series)`,
    ).all();
    const early = db.prepare("SELECT 1 FROM metric WHERE step < 0 LIMIT 1")
      .all();
    return [
      ...new Set(
        [...declared, ...metrics].map(({ table, parent }) =>
          `rows of ${table} belong to a ${parent} that is not there`
        ),
      ),
      ...early.map(() => "rows of metric are of a step below 0"),
    ].map(ofDatabase);
  });
}

/** Values that are not what Cleft writes. */
function valuesOf(folder: string): readonly RecordsFault[] {
  const faults: RecordsFault[] = [];
  const tell = (where: string, look: () => void) => {
    try {
      look();
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      const { cause, message } = error;
      const what = cause instanceof Error ? cause.message : message;
      faults.push({ where, what: what.split("\n")[0]! });
    }
  };
  tell("the database", () => {
    using records = openRecords(folder, { readOnly: true });
    for (const { id } of records.known) {
      tell(`run ${id}`, () => {
        records.run(id);
        records.log(id);
        records.metricSeries(id);
        records.weightHashes(id);
        records.samples(id);
      });
    }
  });
  return faults;
}

/** What is found, or that SQLite could not look. */
function tried(look: () => readonly RecordsFault[]): readonly RecordsFault[] {
  try {
    return look();
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
    return [ofDatabase(error.message)];
  }
}
