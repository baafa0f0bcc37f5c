import { join } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import type { ProgramStore } from "@/engine/mod.ts";
import { readRecords, type Recorder, type Records } from "@/record/mod.ts";

/** Artifacts that are compiled programs begin so; their key follows. */
export const programPrefix = "program/";

/**
 * Compiled programs among the records: each run keeps those it ran, and one that
 * was kept serves every run that would compile the same.
 */
export class RecordedPrograms implements ProgramStore {
  readonly #folder: string;
  readonly #first: string | null;
  readonly #print: (line: string) => void;
  #recorder: Recorder | null = null;

  /**
   * Looks in a results folder, first among the programs of the run `first`,
   * which is to be repeated or gone on with.
   */
  constructor(
    resultsFolder: string,
    { first = null, print }: {
      readonly first?: string | null;
      print(line: string): void;
    },
  ) {
    this.#folder = resultsFolder;
    this.#first = first;
    this.#print = print;
  }

  /** Keeps programs for a run from now on. */
  recordTo(recorder: Recorder): void {
    this.#recorder = recorder;
  }

  find(key: string): Uint8Array | null {
    if (!statIfThere(join(this.#folder, "runs.sqlite"))?.isFile) return null;
    using records = readRecords(this.#folder);
    const name = programPrefix + key;
    try {
      return records.artifactOfAny(name, { first: this.#first });
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      this.#print(`Compiling anew: ${error.message} (${error.where})`);
      return null;
    }
  }

  keep(key: string, bytes: Uint8Array): void {
    this.#recorder?.artifact(
      programPrefix + key,
      "application/octet-stream",
      bytes,
    );
  }
}

/** Why the programs of a run can give other bits than those of the run it repeats. */
export function changedPrograms(
  records: Records,
  { before, now }: { readonly before: string; readonly now: string },
): readonly string[] {
  const programsOf = (id: string) =>
    records.artifacts(id).filter(({ name }) => name.startsWith(programPrefix));
  const was = programsOf(before), is = programsOf(now);
  const same = new Set(was.map(({ sha256 }) => sha256));
  const isSame = is.every(({ sha256 }) => same.has(sha256));
  if (was.length === 0 || isSame) return [];
  return [
    "programs compiled anew, as those of the run do not load here: another" +
    " plugin, driver or card compiles otherwise",
  ];
}
