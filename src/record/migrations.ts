import type { DatabaseSync } from "node:sqlite";
import { ExperimentError } from "@/core/mod.ts";
import { fillCurves } from "./_curves.ts";
import { recordRankings } from "./_record_rankings.ts";
import { readSentences } from "./_read_sentences.ts";
import { rehash } from "./_rehash.ts";
import { transaction } from "./_transaction.ts";

/** A change of the schema: SQL, and what SQL cannot say. */
export type Migration = string | {
  /** What changes the tables. */
  readonly sql: string;
  /** Then fills them, in the same transaction. */
  fill(db: DatabaseSync): void;
};

/** The schema's history, oldest first; add at the end, change nothing above. */
export const migrations: readonly Migration[] = [
  `CREATE TABLE diff (
     id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,
     content TEXT NOT NULL
   ) STRICT;`,
  // The number orders runs, as clocks can go backwards.
  `CREATE TABLE run (
     number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
     experiment TEXT NOT NULL, file TEXT, overrides TEXT NOT NULL,
     plan TEXT NOT NULL, plan_hash TEXT NOT NULL, seed INTEGER NOT NULL,
     environment TEXT NOT NULL, diff INTEGER NOT NULL REFERENCES diff,
     rerun_of TEXT, state TEXT NOT NULL CHECK (
       state IN ('running', 'finished', 'failed', 'interrupted')),
     reason TEXT, started_at TEXT NOT NULL, finished_at TEXT, verdict TEXT
   ) STRICT;
   CREATE INDEX run_by_rerun_of ON run (rerun_of);`,
  // Each takeover raises the lease; who holds a lower one can write no more.
  `CREATE TABLE heartbeat (
     run INTEGER PRIMARY KEY REFERENCES run, lease INTEGER NOT NULL,
     holder TEXT NOT NULL, at TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE input (
     run INTEGER NOT NULL REFERENCES run, position INTEGER NOT NULL,
     role TEXT NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL,
     sha256 TEXT NOT NULL, PRIMARY KEY (run, position)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE series (
     id INTEGER PRIMARY KEY, split TEXT NOT NULL, name TEXT NOT NULL,
     UNIQUE (split, name)
   ) STRICT;`,
  // A point always has a value, so NULL can and does mean NaN. The column is
  // ANY as REAL would turn -0 into 0.
  `CREATE TABLE metric (
     run INTEGER NOT NULL, series INTEGER NOT NULL, step INTEGER NOT NULL,
     value ANY, PRIMARY KEY (run, series, step)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE layer (
     id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE
   ) STRICT;
   CREATE TABLE weight_hash (
     run INTEGER NOT NULL REFERENCES run, step INTEGER NOT NULL,
     layer INTEGER NOT NULL REFERENCES layer, position INTEGER NOT NULL,
     sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
     PRIMARY KEY (run, step, layer)
   ) STRICT, WITHOUT ROWID;`,
  // Content that is not in \`object\` is a file named by its hash.
  `CREATE TABLE object (
     sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
   ) STRICT;
   CREATE TABLE artifact (
     run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL,
     media_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
     PRIMARY KEY (run, name)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX artifact_by_sha256 ON artifact (sha256);`,
  `CREATE TABLE log (
     run INTEGER NOT NULL REFERENCES run, number INTEGER NOT NULL,
     at TEXT NOT NULL, level TEXT NOT NULL CHECK (
       level IN ('info', 'warning', 'error')),
     text TEXT NOT NULL, PRIMARY KEY (run, number)
   ) STRICT, WITHOUT ROWID;`,
  // A variant belongs to a matrix, which is as it was when last run.
  `ALTER TABLE run ADD COLUMN variant TEXT;
   CREATE INDEX run_by_plan_hash ON run (plan_hash);
   CREATE TABLE matrix (
     name TEXT PRIMARY KEY, definition TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE sample (
     run INTEGER NOT NULL REFERENCES run, number INTEGER NOT NULL,
     step INTEGER NOT NULL,
     sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
     drawn TEXT, PRIMARY KEY (run, number)
   ) STRICT, WITHOUT ROWID;`,
  // Hashes of plans leave out defaults since; what decides the weights has one
  // of its own, as a training can be measured anew.
  {
    sql: `ALTER TABLE run ADD COLUMN training_hash TEXT;
     ALTER TABLE run ADD COLUMN trained_by TEXT;
     CREATE INDEX run_by_training_hash ON run (training_hash);`,
    fill: rehash,
  },
  { sql: "ALTER TABLE run ADD COLUMN ranking TEXT;", fill: recordRankings },
  // What was told by sentences and paths is in columns since; a difference
  // without a step is one of the end.
  {
    sql: `CREATE TABLE verdict (
       run INTEGER PRIMARY KEY REFERENCES run,
       identical INTEGER NOT NULL CHECK (identical = (difference IS NULL)),
       extent TEXT NOT NULL CHECK (
         extent IN ('whole', 'unfinished', 'measured')),
       metrics INTEGER, weight_hashes INTEGER, samples INTEGER,
       step INTEGER, difference TEXT, reasons TEXT NOT NULL
     ) STRICT;
     ALTER TABLE input ADD COLUMN split TEXT;
     ALTER TABLE input ADD COLUMN of_run TEXT;
     CREATE TABLE matrix_variant (
       matrix TEXT NOT NULL REFERENCES matrix, position INTEGER NOT NULL,
       place TEXT NOT NULL, plan_hash TEXT NOT NULL,
       PRIMARY KEY (matrix, position)
     ) STRICT, WITHOUT ROWID;
     INSERT INTO matrix_variant
       SELECT name, key, json_extract(value, '$.values'),
         json_extract(value, '$.planHash')
       FROM matrix, json_each(definition, '$.variants');
     ALTER TABLE matrix ADD COLUMN axes TEXT NOT NULL DEFAULT '[]';
     UPDATE matrix SET axes = json_extract(definition, '$.axes');
     ALTER TABLE matrix DROP COLUMN definition;`,
    fill: readSentences,
  },
  // The last number of each series, for lists; and when runs were resumed.
  `CREATE TABLE last_metric (
     run INTEGER NOT NULL, series INTEGER NOT NULL, step INTEGER NOT NULL,
     value ANY, PRIMARY KEY (run, series)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO last_metric
     SELECT m.run, m.series, m.step, m.value FROM run r CROSS JOIN series s
     CROSS JOIN metric m ON m.run = r.number AND m.series = s.id AND m.step = (
       SELECT max(step) FROM metric WHERE run = r.number AND series = s.id);
   CREATE TABLE resume (
     run INTEGER NOT NULL REFERENCES run, lease INTEGER NOT NULL,
     at TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (run, lease)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX run_by_experiment ON run (experiment);
   CREATE INDEX artifact_by_name ON artifact (name);`,
  // What people say of runs; what is deleted stays until it is cleaned away.
  `ALTER TABLE run ADD COLUMN note TEXT;
   ALTER TABLE run ADD COLUMN run_group TEXT;
   ALTER TABLE run ADD COLUMN archived_at TEXT;
   ALTER TABLE run ADD COLUMN deleted_at TEXT;
   CREATE TABLE tag (
     run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL,
     PRIMARY KEY (run, name)
   ) STRICT, WITHOUT ROWID;
   INSERT OR IGNORE INTO tag
     SELECT number, value FROM run, json_each(
       iif(json_valid(plan), plan, '{}'), '$.spec.tags'
     ) WHERE json_each.type = 'text';
   CREATE TABLE selection (
     name TEXT PRIMARY KEY, condition TEXT NOT NULL, sort TEXT NOT NULL,
     columns TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // What programs of others read, with an older SQLite too: one word that it
  // does not know would keep it from the whole database. docs/runs.md says what
  // the columns hold.
  `CREATE VIEW runs AS
     SELECT id AS run, experiment, variant, seed, state, reason,
       started_at AS started, finished_at AS ended,
       (julianday(finished_at) - julianday(started_at)) * 86400 AS duration,
       (SELECT group_concat(name, ', ') FROM tag WHERE tag.run = number)
         AS tags,
       note, run_group AS "group", archived_at AS archived, file, overrides,
       json_extract(environment, '$.engine') AS engine,
       json_extract(environment, '$.gpu') AS gpu,
       json_extract(environment, '$.commit') AS "commit",
       rerun_of AS repeats, trained_by, plan_hash, plan
     FROM run WHERE deleted_at IS NULL;
   CREATE VIEW points AS
     SELECT r.id AS run, split, name, step, value FROM run r
     JOIN metric m ON m.run = r.number JOIN series s ON s.id = m.series
     WHERE deleted_at IS NULL;
   CREATE VIEW last_metrics AS
     SELECT r.id AS run, split, name, step, value FROM run r
     JOIN last_metric m ON m.run = r.number JOIN series s ON s.id = m.series
     WHERE deleted_at IS NULL;
   CREATE VIEW samples AS
     SELECT r.id AS run, s.number, step, lower(hex(sha256)) AS sha256, drawn
     FROM run r JOIN sample s ON s.run = r.number
     WHERE deleted_at IS NULL;`,
  // Long series in one piece each, for pages of many runs.
  {
    sql: `CREATE TABLE curve (
       run INTEGER NOT NULL REFERENCES run,
       series INTEGER NOT NULL REFERENCES series, points BLOB NOT NULL,
       PRIMARY KEY (run, series)
     ) STRICT, WITHOUT ROWID;`,
    fill: fillCurves,
  },
  // Runs that a search stopped are kept as interrupted, which older files know.
  `ALTER TABLE run ADD COLUMN stopped_after INTEGER;
   ALTER TABLE matrix ADD COLUMN search TEXT;
   DROP VIEW runs;
   CREATE VIEW runs AS
     SELECT id AS run, experiment, variant, seed,
       CASE WHEN stopped_after IS NULL THEN state ELSE 'stopped' END AS state,
       reason, started_at AS started, finished_at AS ended,
       (julianday(finished_at) - julianday(started_at)) * 86400 AS duration,
       (SELECT group_concat(name, ', ') FROM tag WHERE tag.run = number)
         AS tags,
       note, run_group AS "group", archived_at AS archived, file, overrides,
       json_extract(environment, '$.engine') AS engine,
       json_extract(environment, '$.gpu') AS gpu,
       json_extract(environment, '$.commit') AS "commit",
       rerun_of AS repeats, trained_by, plan_hash, plan
     FROM run WHERE deleted_at IS NULL;`,
];

/** "Clft": tells our databases from those of other programs. */
const applicationId = 0x436c6674;

/**
 * Brings a database of any age to the newest schema; each step is kept whole
 * or not at all, also when several processes try at once.
 *
 * @throws {ExperimentError} If the database is newer than this program, or
 * another program's.
 */
export function migrate(
  db: DatabaseSync,
  { where, steps = migrations }: {
    readonly where: string;
    readonly steps?: readonly Migration[];
  },
): void {
  for (const [step, migration] of steps.entries()) {
    const { sql, fill } = typeof migration === "string"
      ? { sql: migration, fill: undefined }
      : migration;
    if (step < schemaVersion(db, { where, steps })) continue;
    transaction(db, () => {
      if (step < schemaVersion(db, { where, steps })) return; // another was faster
      db.exec(
        `${sql} PRAGMA application_id = ${applicationId};
         PRAGMA user_version = ${step + 1};`,
      );
      fill?.(db);
    });
  }
}

/**
 * The number of migrations a database has had.
 *
 * @throws {ExperimentError} If the database is newer than this program, or
 * another program's.
 */
export function schemaVersion(
  db: DatabaseSync,
  { where, steps = migrations }: {
    readonly where: string;
    readonly steps?: readonly Migration[];
  },
): number {
  const pragma = (name: string) =>
    Number(db.prepare(`PRAGMA ${name}`).get()![name]);
  // Tables first: whoever made them meanwhile has set the id by then.
  const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()!.n;
  const version = pragma("user_version");
  if (pragma("application_id") !== applicationId && tables !== 0) {
    throw new ExperimentError(
      "Cannot open the records: the database is of another program",
      { where, fix: "Name another folder for the results" },
    );
  }
  if (version > steps.length) {
    throw new ExperimentError(
      `Cannot open the records: they have format ${version}, ` +
        `this version of Cleft knows formats up to ${steps.length}`,
      { where, fix: "Update Cleft, or name another folder for the results" },
    );
  }
  return version;
}
