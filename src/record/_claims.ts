import { ExperimentError, RunError } from "@/core/mod.ts";
import { recordFailure } from "./_failure.ts";
import { thisHolder } from "./_holder.ts";
import { runId } from "./_names.ts";
import type { Parts } from "./_parts.ts";
import { Reserve } from "./_reserve.ts";
import { makeRunFolder, runFolder } from "./_run_folder.ts";
import { foremostRun, haveSameData } from "./runs_of_plan.ts";
import type { NewRun } from "./types.ts";

/** A run that this process may record, and by what right. */
export interface Claim {
  /** The run's name. */
  readonly id: string;
  /** The run's number in the database. */
  readonly number: number;
  /** The right to write, which a later one ends. */
  readonly lease: number;
}

/** Gives runs to this process, each to one process at a time. */
export class Claims {
  readonly #parts: Parts;

  /** Claims of runs in a results folder. */
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Adds a run.
   *
   * @throws {ExperimentError} If it should be `unique` and there is one of the
   * same plan and data.
   */
  start(newRun: NewRun, { unique }: { readonly unique: boolean }): Claim {
    const { folder, database, runs } = this.#parts;
    const holder = thisHolder();
    const at = new Date(Date.now());
    const doing = `start a run of "${newRun.experiment}"`;
    const made: string[] = [];
    const undo = () => {
      for (const path of made.splice(0)) {
        Deno.removeSync(path, { recursive: true });
      }
    };
    try {
      return database.write(doing, () => {
        undo();
        if (unique) this.#checkUnique(newRun);
        for (let attempt = 0;; attempt++) {
          const id = runId(newRun.experiment, { at, holder, attempt });
          if (!makeRunFolder(folder, id)) continue;
          made.push(runFolder(folder, id));
          new Reserve(runFolder(folder, id)).claim();
          const claim = { id, holder, at: at.toISOString() };
          const number = runs.add(newRun, claim);
          if (number !== undefined) return { id, number, lease: 1 };
          undo();
        }
      });
    } catch (error) {
      undo();
      throw recordFailure(error, { doing, where: folder });
    }
  }

  /**
   * Takes up a run after a step; what it recorded after that is removed.
   *
   * @throws {ExperimentError} If it has finished, or a living process records it.
   */
  resume(id: string, { afterStep }: { readonly afterStep: number }): Claim {
    const { folder, database, tables, runs, objects } = this.#parts;
    const reserve = new Reserve(runFolder(folder, id));
    const take = () => {
      const { number, run: { state } } = runs.find(id)!;
      const where = `run ${id} in ${folder}`;
      if (state === "finished") {
        throw new ExperimentError(`Cannot resume ${id}: it has finished`, {
          where,
          fix: `Repeat it by: deno task rerun ${id}`,
        });
      }
      if (state === "running") {
        const { holder } = tables.heartbeats.of(number);
        throw new ExperimentError(
          `Cannot resume ${id}: process ${holder.pid} on ${holder.host} ` +
            "is running it",
          { where, fix: "Wait for that process, or stop it by Ctrl+C" },
        );
      }
      makeRunFolder(folder, id);
      reserve.claim();
      objects.sweep(Date.now());
      const at = new Date(Date.now()).toISOString();
      tables.runs.reopen(number);
      tables.trim(number, afterStep);
      const lease = tables.heartbeats.take(number, {
        holder: thisHolder(),
        at,
      });
      tables.resumes.add(number, { lease, at, step: afterStep });
      return { id, number, lease };
    };
    try {
      return database.write(`resume ${id}`, take);
    } catch (error) {
      if (error instanceof RunError) reserve.release();
      throw error;
    }
  }

  /** Refuses a run of a plan and data that another one stands for already. */
  #checkUnique({ experiment, planHash, inputs }: NewRun): void {
    const { folder, runs } = this.#parts;
    const other = foremostRun(
      runs.where({ planHash }).filter((run) =>
        haveSameData(run.inputs, inputs)
      ),
    );
    if (!other) return;
    throw new ExperimentError(
      `Cannot start a run of "${experiment}": ${other.id} of the same plan ` +
        `is ${other.state}`,
      {
        where: `the records in ${folder}`,
        fix: `Look at it by: deno task show ${other.id}`,
      },
    );
  }
}
