import { dirname, join, relative, sep } from "node:path";
import {
  checkFolder,
  checkWritable,
  ExperimentError,
  isSameStamp,
  keepApart,
  type Output,
  type Stamp,
} from "@/core/mod.ts";
import { OutputMemory, realPath, stampAt } from "./_output_memory.ts";

/** What decides which files a command may write over. */
export interface OutputRules {
  /** Whether `--force` was given. */
  readonly isForced: boolean;
  /** The folder of the records, if the command has one. */
  readonly resultsFolder: string | null;
  /** The folder in which is remembered what Cleft wrote. */
  cacheFolder(): string;
}

/**
 * Keeps a command from writing over what Cleft did not make. A file is Cleft's
 * if it is as Cleft left it, by size, times and place on the disk, or lies where
 * Cleft keeps pages in the results.
 */
export class Outputs {
  readonly #rules: OutputRules;
  readonly #inputs = new Set<string>();
  readonly #checked = new Set<Output>();
  /** What was there of those that are known by their state. */
  readonly #before = new Map<string, Stamp | null>();
  readonly #memory: OutputMemory;

  /** Takes the rules; no output is checked yet. */
  constructor(rules: OutputRules) {
    this.#rules = rules;
    this.#memory = new OutputMemory(rules.cacheFolder);
    const { resultsFolder } = rules;
    if (resultsFolder) this.addInputs([join(resultsFolder, "runs.sqlite")]);
  }

  /**
   * Tells of files that are read, as soon as they are known.
   *
   * @throws {ExperimentError} If an output that was checked is one of them.
   */
  addInputs(paths: readonly string[]): void {
    for (const path of paths) this.#inputs.add(path);
    for (const output of this.#checked) keepApart(output, paths);
  }

  /**
   * Fails, before any work, if a file cannot or may not be written.
   *
   * @throws {ExperimentError} If it is an input, part of the records, not
   * Cleft's without `--force`, or cannot be written.
   */
  check(output: Output): void {
    checkWritable(output);
    this.checkReplacing(output);
  }

  /**
   * The same of a file that must not be there yet, whoever made it.
   *
   * @throws {ExperimentError} If it is there.
   */
  checkNew(output: Output): void {
    const { path, where } = output;
    keepApart(output, this.#inputs);
    if (this.#placeOf(path) === "records") throw partOfRecords(path, where);
    if (stampAt(path)) {
      throw new ExperimentError(`Cannot write "${path}": it is there already`, {
        where,
        fix: "Name a new file; this command never writes over one",
      });
    }
    checkWritable(output);
  }

  /**
   * The same where it is known that files can be written.
   *
   * @throws {ExperimentError} If what is there may not be replaced.
   */
  checkReplacing(output: Output): void {
    const { path, where } = output;
    keepApart(output, this.#inputs);
    const place = this.#placeOf(path);
    if (place === "records") throw partOfRecords(path, where);
    this.#checked.add(output);
    if (place === "page") return;
    const stamp = stampAt(path);
    this.#before.set(path, stamp);
    if (!stamp || this.#rules.isForced) return;
    const known = this.#memory.recall(path);
    if (known && isSameStamp(known, stamp)) return;
    throw new ExperimentError(
      `Cannot write over "${path}": Cleft did not write it, or it has ` +
        "changed since",
      {
        where,
        fix: "Name another file, or add --force to lose what is there",
      },
    );
  }

  /**
   * The same of a folder that files are to go to.
   *
   * @throws {ExperimentError} If it is none, is kept for records, or cannot be
   * written in.
   */
  checkFolder(folder: Output): void {
    checkFolder(folder);
    const { path, where } = folder;
    if (this.#placeOf(join(path, "file")) !== "records") return;
    throw partOfRecords(path, where);
  }

  /** Remembers the files that were written since they were checked. */
  remember(): void {
    for (const [path, before] of this.#before) {
      const stamp = stampAt(path);
      if (!stamp || before && isSameStamp(before, stamp)) continue;
      this.#memory.remember(path, stamp);
    }
  }

  /** What a path is to the results, by its words and with links followed. */
  #placeOf(path: string): "records" | "page" | "elsewhere" {
    const { resultsFolder } = this.#rules;
    if (resultsFolder === null) return "elsewhere";
    const root = dirname(realPath(join(resultsFolder, "runs.sqlite")));
    const places = [
      placeWithin(relative(resultsFolder, path)),
      placeWithin(relative(root, realPath(path))),
    ];
    if (places.includes("records")) return "records";
    return places.includes("page") ? "page" : "elsewhere";
  }
}

function placeWithin(path: string): "records" | "page" | "elsewhere" {
  const [first = "", , third] = path.split(sep);
  if (first === "reports" || first === "preview") return "page";
  if (first === "runs") return third === "replay" ? "page" : "records";
  return first === "objects" || first.startsWith("runs.sqlite")
    ? "records"
    : "elsewhere";
}

function partOfRecords(path: string, where: string): ExperimentError {
  return new ExperimentError(
    `Cannot write "${path}": the records of runs are kept there`,
    { where, fix: "Name a file outside of them" },
  );
}
