import { ExperimentError } from "@/core/mod.ts";
import type { Parts } from "../_parts.ts";
import type { MarkChange } from "../table/marks.ts";
import type { SavedSelection } from "../table/selections.ts";
import type { Dependence } from "../table/summaries.ts";
import type { RunState } from "../types.ts";
import { clean, cleanable, type Cleaned } from "./clean.ts";
import { parseCondition } from "./condition.ts";
import { type Answer, query, viewsOf } from "./query.ts";
import type { Marks, RunSummary } from "./run_summary.ts";
import { runsThatMeet, sortedRuns } from "./select.ts";
import { RunValues } from "./values.ts";

/** What a saved choice can be called. */
const savedName =
  /^(?=.{1,100}$)[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_])?$/u;

/** Which runs are wanted; what is left out does not restrict. */
export interface Wanted {
  /** Only these, by their ids. */
  readonly among?: ReadonlySet<string>;
  /** Only those that meet a condition. */
  readonly where?: string;
  /** Only those that stand so. */
  readonly state?: RunState;
  /** Only those that began then or later, ISO 8601. */
  readonly since?: string;
  /** What they are sorted by, such as `-ap`. */
  readonly sort?: string;
  /** Whether those too that were put aside; not by default. */
  readonly archived?: boolean;
  /** Whether those that were deleted, and no others. */
  readonly deleted?: boolean;
  /** Whether runs can have something of a name, though none does. */
  readonly knows?: (name: string) => boolean;
}

/** Some runs, and what names mean of them. */
export interface Selected {
  /** The runs, in their order. */
  readonly runs: readonly RunSummary[];
  /** What names mean of them. */
  readonly values: RunValues;
}

/** The runs of a results folder as a collection: chosen, marked, thrown away. */
export class Collection {
  readonly #parts: Parts;

  /** The runs that some parts hold. */
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Chooses runs.
   *
   * @throws {ExperimentError} If a condition cannot be read, or has a name that
   * no run has.
   */
  select(wanted: Wanted): Selected {
    const { summaries, selections } = this.#parts.tables;
    const values = new RunValues(summaries, wanted.knows ?? (() => false));
    const runs = this.#parts.runs.summaries().filter((run) =>
      isWanted(run, wanted)
    );
    const saved = selections.all();
    const chosen = wanted.where === undefined
      ? runs
      : runsThatMeet(runs, { where: wanted.where, values, saved });
    return {
      runs: wanted.sort === undefined
        ? chosen
        : sortedRuns(chosen, { by: wanted.sort, values }),
      values,
    };
  }

  /** The value of every metric of a run at its last step, as `split/name`. */
  lastMetrics({ number }: Pick<RunSummary, "number">): Record<string, number> {
    return this.#parts.tables.metrics.last(number);
  }

  /** What people say of a run, by its id; no tags and nulls of one unknown. */
  marksOf(id: string): Marks {
    const { runs, marks } = this.#parts.tables;
    return marks.of(runs.numberOf(id) ?? -1);
  }

  /**
   * Changes what people say of runs, all of them or none.
   *
   * @throws {RunError} If it cannot be written.
   */
  mark(runs: readonly Pick<RunSummary, "number">[], change: MarkChange): void {
    const { database, tables } = this.#parts;
    database.write("mark the runs", () => {
      for (const { number } of runs) tables.marks.change(number, change);
    });
  }

  /**
   * Deletes runs: nothing finds them any more, until they are restored or
   * cleaned away.
   *
   * @throws {ExperimentError} If one is running.
   * @throws {RunError} If it cannot be written; then none is.
   */
  delete(runs: readonly RunSummary[]): void {
    const running = runs.find(({ state }) => state === "running");
    if (running) {
      throw new ExperimentError(`Cannot delete ${running.id}: it is running`, {
        where: `run ${running.id}`,
        fix: "Stop it by Ctrl+C, or leave it out",
      });
    }
    this.mark(runs, { deletedAt: new Date(Date.now()).toISOString() });
  }

  /**
   * Puts runs aside.
   *
   * @throws {RunError} If it cannot be written; then none is.
   */
  archive(runs: readonly RunSummary[]): void {
    this.mark(runs, { archivedAt: new Date(Date.now()).toISOString() });
  }

  /**
   * Brings runs back that were deleted or put aside.
   *
   * @throws {RunError} If it cannot be written; then none is.
   */
  restore(runs: readonly RunSummary[]): void {
    this.mark(runs, { archivedAt: null, deletedAt: null });
  }

  /** Runs that stay and refer to some: they repeat one, or began with its weights. */
  dependents(runs: readonly RunSummary[]): readonly Dependence[] {
    const ids = new Set(runs.map(({ id }) => id));
    return this.#parts.tables.summaries.references().filter(({ run, of }) =>
      ids.has(of) && !ids.has(run)
    );
  }

  /**
   * Asks the records in SQL; those that were opened to be read alone.
   *
   * @throws {ExperimentError} If it is no single query, or wrong.
   */
  query(sql: string): Answer {
    return query(this.#parts.database, sql);
  }

  /** What {@linkcode Collection.query} is meant to ask: views and their columns. */
  get views(): ReturnType<typeof viewsOf> {
    return viewsOf(this.#parts.database);
  }

  /** What {@linkcode Collection.clean} would remove. */
  cleanable(): Cleaned {
    return cleanable(this.#parts);
  }

  /**
   * Removes deleted runs for good, and contents and files that no run needs.
   *
   * @throws {RunError} If something cannot be removed; what is left goes next time.
   */
  clean(): Cleaned {
    return clean(this.#parts);
  }

  /** Choices that were given a name, by name. */
  get selections(): readonly SavedSelection[] {
    return this.#parts.tables.selections.all();
  }

  /**
   * Saves a choice in place of the one of its name.
   *
   * @throws {ExperimentError} If the condition cannot be read.
   * @throws {RunError} If it cannot be written.
   */
  save(selection: SavedSelection): void {
    if (!savedName.test(selection.name)) {
      throw new ExperimentError(
        `Cannot save the choice as "${selection.name}": it is no name`,
        {
          where: "--save",
          fix: "Name it by 1 to 100 letters, digits, and _ . - between them",
        },
      );
    }
    if (selection.condition !== "") parseCondition(selection.condition);
    const { database, tables } = this.#parts;
    database.write("save the choice", () => tables.selections.put(selection));
  }
}

function isWanted(
  run: RunSummary,
  { among, state, since, archived = false, deleted = false }: Wanted,
): boolean {
  return (run.deletedAt !== null) === deleted &&
    (archived || deleted || run.archivedAt === null) &&
    (among?.has(run.id) ?? true) &&
    run.state === (state ?? run.state) &&
    run.startedAt >= (since ?? "");
}
