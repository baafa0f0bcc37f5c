import { type ExperimentError, printable } from "@/core/mod.ts";

/** Where in which text a value stands. */
export interface Place {
  /** The file as the caller named it, or the `--set` that gave the value. */
  readonly file: string;
  /** Line and column, both from 1; null for a value from the command line. */
  readonly at: { readonly line: number; readonly column: number } | null;
}

/** The way from the top of an experiment to a value. */
export type Path = readonly (string | number)[];

/** A fault and the place it is sorted by. */
export interface Fault {
  /** Where it is. */
  readonly place: Place;
  /** What it is. */
  readonly error: ExperimentError;
}

/** A path as people write it: `loss.terms[1].weight`; empty at the top. */
export function pathText(path: Path): string {
  return path.map((step, i) =>
    typeof step === "number"
      ? `[${step}]`
      : `${i === 0 ? "" : "."}${shownKey(step)}`
  ).join("");
}

/** A key as errors show it: on one line, and not too long for one. */
export function shownKey(key: string): string {
  const text = printable(key);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A place and a path as errors show them: `mixloss.yaml:9:13 sampler.patchVox`. */
export function placeText({ file, at }: Place, path: Path = []): string {
  const name = printable(file);
  const place = at ? `${name}:${at.line}:${at.column}` : name;
  return path.length === 0 ? place : `${place} ${pathText(path)}`;
}

/** The errors of faults in reading order: `files` first to last, then by line. */
export function inReadingOrder(
  faults: readonly Fault[],
  files: readonly string[],
): ExperimentError[] {
  const rank = ({ file }: Place) => {
    const i = files.indexOf(file);
    return i === -1 ? files.length : i;
  };
  return faults.toSorted(({ place: a }, { place: b }) =>
    rank(a) - rank(b) || (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    (a.at?.column ?? 0) - (b.at?.column ?? 0)
  ).map(({ error }) => error);
}
