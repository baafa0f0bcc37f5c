import type { Database } from "../_database.ts";
import { ArtifactTable } from "./artifacts.ts";
import { CurveTable } from "./curves.ts";
import { DiffTable } from "./diffs.ts";
import { HeartbeatTable } from "./heartbeats.ts";
import { InputTable } from "./inputs.ts";
import { LogTable } from "./log.ts";
import { MarkTable } from "./marks.ts";
import { MatrixTable } from "./matrices.ts";
import { MetricTable } from "./metrics.ts";
import { ObjectTable } from "./objects.ts";
import { ResumeTable } from "./resumes.ts";
import { RunTable } from "./runs.ts";
import { SampleTable } from "./samples.ts";
import { SelectionTable } from "./selections.ts";
import { SummaryTable } from "./summaries.ts";
import { VerdictTable } from "./verdicts.ts";
import { WeightHashTable } from "./weight_hashes.ts";

/** The tables of a database; each has its SQL to itself. */
export class Tables {
  readonly #database: Database;
  readonly runs: RunTable;
  readonly diffs: DiffTable;
  readonly inputs: InputTable;
  readonly heartbeats: HeartbeatTable;
  readonly resumes: ResumeTable;
  readonly verdicts: VerdictTable;
  readonly matrices: MatrixTable;
  readonly metrics: MetricTable;
  readonly curves: CurveTable;
  readonly weightHashes: WeightHashTable;
  readonly samples: SampleTable;
  readonly artifacts: ArtifactTable;
  readonly objects: ObjectTable;
  readonly log: LogTable;
  readonly marks: MarkTable;
  readonly selections: SelectionTable;
  readonly summaries: SummaryTable;

  /** Those of a database. */
  constructor(database: Database) {
    this.#database = database;
    this.runs = new RunTable(database);
    this.diffs = new DiffTable(database);
    this.inputs = new InputTable(database);
    this.heartbeats = new HeartbeatTable(database);
    this.resumes = new ResumeTable(database);
    this.verdicts = new VerdictTable(database);
    this.matrices = new MatrixTable(database);
    this.curves = new CurveTable(database);
    this.metrics = new MetricTable(database, this.curves);
    this.weightHashes = new WeightHashTable(database);
    this.samples = new SampleTable(database);
    this.artifacts = new ArtifactTable(database);
    this.objects = new ObjectTable(database);
    this.log = new LogTable(database);
    this.marks = new MarkTable(database);
    this.selections = new SelectionTable(database);
    this.summaries = new SummaryTable(database);
  }

  /** Removes what a run has recorded after a step. Call it within a transaction. */
  trim(run: number, step: number): void {
    this.curves.remove(run);
    this.metrics.trim(run, step);
    this.weightHashes.trim(run, step);
    this.samples.trim(run, step);
  }

  /** Removes all that is recorded of a run. Call it within a transaction. */
  removeRun(run: number): void {
    for (const table of tablesOfRuns(this.#database)) {
      this.#database.sql(`DELETE FROM ${table} WHERE run = ?`).run(run);
    }
    this.#database.sql("DELETE FROM run WHERE number = ?").run(run);
  }
}

/** The tables that say something of runs, by name. */
export function tablesOfRuns(database: Database): readonly string[] {
  return database.sql(
    `SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
     WHERE t.type = 'table' AND c.name = 'run' ORDER BY t.name`,
  ).arrays<[string]>().map(([name]) => name);
}
