import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { sha256Hex, statIfThere } from "@/core/mod.ts";
import type { Split } from "@/record/mod.ts";
import { readEvents, type ReadScalar } from "../tensorboard/mod.ts";
import { splitNamed } from "./map_metrics.ts";
import type { ForeignRun, ForeignSource } from "./_source.ts";

/** Event files of TensorBoard: a run for each folder that has some. */
export const tensorboard: ForeignSource = {
  program: "TensorBoard",
  summary: "event file of TensorBoard",
  holds: (path) => eventFiles(path).length > 0,
  runs(path) {
    const folders = Map.groupBy(eventFiles(path), (file) => dirname(file));
    const splits = splitsAmong([...folders.keys()]);
    const runs = Map.groupBy(
      folders.keys(),
      (folder) => splits.has(folder) ? dirname(folder) : folder,
    );
    return [...runs].map(([folder, parts]) =>
      runOf(nameOf(folder, path), {
        folder,
        parts: parts.map((part) => ({
          split: splits.get(part),
          files: folders.get(part)!,
        })),
      })
    ).toSorted((a, b) => a.beganMs - b.beganMs);
  },
};

/** The event files of a folder and those below, in TensorBoard's order. */
function eventFiles(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
      if (isDirectory) visit(join(folder, name));
      else if (isFile && /tfevents/.test(name)) found.push(join(folder, name));
    }
  };
  const stat = statIfThere(path);
  if (stat?.isDirectory) visit(path);
  else if (stat?.isFile && /tfevents/.test(basename(path))) found.push(path);
  return found.sort();
}

/**
 * TensorFlow writes each split into a folder of its own: where several splits lie
 * beside each other, by these names alone, they are parts of one run.
 */
function splitsAmong(folders: readonly string[]): ReadonlyMap<string, Split> {
  const named = folders.flatMap((folder) => {
    const split = splitNamed(basename(folder));
    return split === null ? [] : [{ folder, split }];
  });
  const beside = Map.groupBy(named, ({ folder }) => dirname(folder));
  return new Map(
    [...beside.values()]
      .filter((some) => new Set(some.map(({ split }) => split)).size > 1)
      .flatMap((some) => some.map(({ folder, split }) => [folder, split])),
  );
}

function nameOf(folder: string, path: string): string {
  const within = relative(path, folder).replaceAll(sep, "/");
  return within === "" || within.startsWith("..")
    ? basename(resolve(folder))
    : within;
}

/** A part of a run: the files of one folder. */
interface RunPart {
  readonly split: Split | undefined;
  readonly files: readonly string[];
}

function runOf(
  name: string,
  { folder, parts }: { folder: string; parts: readonly RunPart[] },
): ForeignRun {
  const read = parts.map(({ split, files }) => ({ split, ...eventsIn(files) }));
  const walls = read.flatMap(({ scalars }) => scalars)
    .map(({ wallS }) => 1000 * wallS);
  const { file, beganS } = read[0]!;
  const isCut = read.some((part) => part.isCut);
  const beganMs = walls.reduce((a, b) => Math.min(a, b), 1000 * beganS);
  return {
    // The file has the machine and the process in its name.
    id: sha256Hex(JSON.stringify([basename(file), beganS])),
    ...{ experiment: name, name, where: folder },
    ...{ params: {}, labels: {}, note: null, commit: null },
    beganMs,
    endedMs: walls.reduce((a, b) => Math.max(a, b), beganMs),
    ...isCut
      ? { state: "interrupted", reason: "its event file is cut at the end" }
      : { state: "finished", reason: null },
    series: read.flatMap(({ split, scalars }) =>
      [...Map.groupBy(scalars, ({ tag }) => tag)].map(([name, some]) => ({
        name,
        ...split && { split },
        points: some.map(({ step, value }) => [step, value] as const),
      }))
    ),
  };
}

/** A number, and when it was written. */
type TimedScalar = ReadScalar & { readonly wallS: number };

/** What the files of one folder come to: a restart voids what was after it. */
function eventsIn(files: readonly string[]): {
  readonly file: string;
  /** When the first of them was begun. */
  readonly beganS: number;
  readonly scalars: readonly TimedScalar[];
  /** Whether one is cut within its last event. */
  readonly isCut: boolean;
} {
  let beganS: number | undefined, scalars: TimedScalar[] = [], isCut = false;
  for (const file of files) {
    const events = readEvents(file, { onCut: () => isCut = true });
    for (const { wallS, step, isRestart, scalars: some } of events) {
      beganS ??= wallS;
      if (isRestart) scalars = scalars.filter((one) => one.step < step);
      for (const scalar of some) scalars.push({ ...scalar, wallS });
    }
  }
  return { file: files[0]!, beganS: beganS ?? 0, scalars, isCut };
}
