import { resolve } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import type { DatabaseOptions } from "../_database.ts";
import { Parts } from "../_parts.ts";
import type { Marks } from "../collection/run_summary.ts";
import { hasEnded } from "../runs_of_plan.ts";
import type { Run } from "../types.ts";
import { copyRun } from "./_copy_run.ts";

/** What came of runs that were to be brought. */
export interface Brought {
  /** Those that are new here, by their ids. */
  readonly brought: readonly string[];
  /** Those that were here already, and stay as they are. */
  readonly had: readonly string[];
}

/**
 * Copies runs from one results folder to another, with all that is recorded of
 * them, and those that they began with. Each is there whole or not at all. One
 * that was cut or stopped there and has come further since takes its place.
 *
 * @throws {ExperimentError} If there is no such run, one is going on, another
 * run has its id, or a content is missing or damaged.
 */
export function bringRuns(
  ids: readonly string[],
  { from, to, asCopy = false, target: writing = {} }: {
    readonly from: string;
    readonly to: string;
    /** Whether another machine may be writing there. */
    readonly asCopy?: boolean;
    /** How the other one is opened. */
    readonly target?: DatabaseOptions;
  },
): Brought {
  using source = opened(from, { readOnly: true, asCopy });
  using target = opened(to, writing);
  const brought: string[] = [], had: string[] = [];
  for (const id of withSources(ids, source)) {
    const run = source.runs.find(id)!.run;
    if (run.state === "running") {
      throw new ExperimentError(`Cannot copy ${id}: it is going on`, {
        where: `the records in ${from}`,
        fix: "Wait for its end, or resume it first if it was killed",
      });
    }
    const there = target.runs.find(id)?.run;
    if (there) {
      if (there.startedAt !== run.startedAt || there.plan !== run.plan) {
        throw new ExperimentError(`Cannot copy ${id}: another run has its id`, {
          where: `the records in ${to}`,
          fix: "Name another folder by --results",
        });
      }
      if (!isFurther(atStep(run, source), atStep(there, target))) {
        had.push(id);
        continue;
      }
    }
    bring(id, { source, target });
    brought.push(id);
  }
  return { brought, had };
}

function bring(
  id: string,
  { source, target }: { readonly source: Parts; readonly target: Parts },
): void {
  const contents = source.tables.artifacts.of(source.tables.runs.numberOf(id)!)
    .map(({ name, sha256 }) => ({
      sha256,
      bytes: () => source.objects.get(sha256, `run ${id}, artifact "${name}"`),
    }));
  for (const { sha256, bytes } of contents) {
    target.objects.prepare(sha256, bytes());
  }
  target.database.write(`copy ${id}`, () => {
    for (const { sha256, bytes } of contents) {
      if (!target.objects.has(sha256)) target.objects.put(sha256, bytes());
    }
    const cut = target.tables.runs.numberOf(id);
    const marks = cut === undefined ? null : target.tables.marks.of(cut);
    if (cut !== undefined) target.tables.removeRun(cut);
    copyRun(id, { from: source.database, to: target.database });
    if (marks) keepMarks(target, { id, marks });
  });
}

/** A run, and the last step that something is on record of. */
type RunAtStep = Pick<Run, "state"> & { readonly step: number };

function atStep({ id, state }: Run, { tables }: Parts): RunAtStep {
  const { step } = tables.summaries.progress(tables.runs.numberOf(id)!);
  return { state, step };
}

/** Whether a run has come to where it should, and further than a copy of it. */
function isFurther(run: RunAtStep, copy: RunAtStep): boolean {
  const isCut = copy.state !== "finished" && copy.state !== "running";
  if (!isCut || !hasEnded(run)) return false;
  if (run.state === "finished" || run.step > copy.step) return true;
  return copy.state !== "stopped" && run.step === copy.step;
}

/** What people have said of a run that was cut holds of the one in its place. */
function keepMarks(
  { tables }: Parts,
  { id, marks }: { readonly id: string; readonly marks: Marks },
): void {
  const { tags, ...said } = marks;
  const change = Object.entries(said).filter(([, value]) => value !== null);
  tables.marks.change(tables.runs.numberOf(id)!, {
    add: tags,
    ...Object.fromEntries(change),
  });
}

/** Runs, each after those whose weights it began with or was trained by. */
function withSources(
  ids: readonly string[],
  { runs, database }: Parts,
): readonly string[] {
  const ordered: string[] = [];
  const visit = (id: string) => {
    if (ordered.includes(id)) return;
    const run = runs.find(id)?.run;
    if (!run) return; // deleted since; its weights are known by their hash
    const before = [run.trainedBy, ...run.inputs.map(({ run }) => run)];
    for (const one of before) if (one !== null) visit(one);
    ordered.push(id);
  };
  for (const id of ids) {
    if (runs.find(id)) visit(id);
    else {
      throw new ExperimentError(`Cannot copy ${id}: there is no such run`, {
        where: database.path,
        fix: "See what there is by: deno task list",
      });
    }
  }
  return ordered;
}

function opened(folder: string, options: DatabaseOptions) {
  const parts = new Parts(resolve(folder), options);
  return Object.assign(parts, {
    [Symbol.dispose]: () => parts.database[Symbol.dispose](),
  });
}
