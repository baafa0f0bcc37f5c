import { basename, join, relative, sep } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { ExperimentError, formFault, statIfThere } from "@/core/mod.ts";
import { foreignRunOf } from "./_mlflow.ts";
import type { ForeignRun, ForeignSeries, ForeignSource } from "./_source.ts";

const experimentSchema = z.object({
  name: z.string(),
  lifecycle_stage: z.string().default("active"),
});

const runSchema = z.object({
  run_id: z.string(),
  run_name: z.string().nullish(),
  status: z.number(),
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
  lifecycle_stage: z.string().default("active"),
});

const about = "meta.yaml";

/** MLflow's file store: a folder for each experiment, in it one for each run. */
export const mlflowFiles: ForeignSource = {
  program: "MLflow",
  summary: "folder mlruns of MLflow",
  holds: (path) => experimentsIn(path).length > 0,
  runs: (path) =>
    experimentsIn(path).flatMap(runsOf)
      .toSorted((a, b) => a.beganMs - b.beganMs),
};

/** The folder itself if it is an experiment, else those in it that are. */
function experimentsIn(path: string): readonly string[] {
  if (!statIfThere(path)?.isDirectory) return [];
  return [path, ...foldersIn(path)].filter((folder) => {
    const text = readIfThere(join(folder, about));
    return text !== null && /^experiment_id:/m.test(text) &&
      !/^run_id:/m.test(text);
  });
}

function runsOf(folder: string): readonly ForeignRun[] {
  const experiment = readYaml(join(folder, about), experimentSchema);
  if (experiment.lifecycle_stage !== "active") return [];
  return foldersIn(folder).filter((run) => isFile(join(run, about)))
    .flatMap((run) => runOf(run, experiment.name) ?? []);
}

function runOf(folder: string, experiment: string): ForeignRun | null {
  const run = readYaml(join(folder, about), runSchema);
  if (run.lifecycle_stage !== "active") return null;
  return foreignRunOf({
    ...{ experiment, where: folder },
    id: run.run_id,
    name: run.run_name ?? null,
    status: run.status,
    beganMs: run.start_time ?? null,
    endedMs: run.end_time ?? null,
    params: textsIn(join(folder, "params")),
    tags: textsIn(join(folder, "tags")),
    series: filesIn(join(folder, "metrics")).map(({ name, path }) => ({
      name,
      points: pointsIn(path),
    })),
  });
}

/** Numbers that Python has other words for. */
const wordsOf = new Map([["nan", NaN], ["inf", Infinity], ["-inf", -Infinity]]);

/** Lines of `time value step`, in the order they were recorded; early versions had no step. */
function pointsIn(path: string): ForeignSeries["points"] {
  const text = Deno.readTextFileSync(path);
  if (text !== "" && !text.endsWith("\n")) {
    throw damaged(path, "its last line is cut short");
  }
  return text.split("\n").filter((line) => line.trim() !== "")
    .map((line, i) => {
      const [, word = "", step = "0"] = line.trim().split(" ");
      const value = wordsOf.get(word) ?? Number(word || NaN);
      const isNumber = wordsOf.has(word) || Number.isFinite(value);
      if (isNumber && /^-?\d+$/.test(step)) {
        return [Number(step), value] as const;
      }
      throw damaged(path, `line ${i + 1} is no time, number and step`);
    });
}

/** Each file of a folder as text, by its name. */
function textsIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesIn(folder).map((
      { name, path },
    ) => [name, Deno.readTextFileSync(path)]),
  );
}

/** The files of a folder and those below, with the path within as their name. */
function filesIn(folder: string): { name: string; path: string }[] {
  const paths: string[] = [];
  const visit = (path: string) => {
    for (const entry of Deno.readDirSync(path)) {
      if (entry.isDirectory) visit(join(path, entry.name));
      else if (entry.isFile) paths.push(join(path, entry.name));
    }
  };
  if (statIfThere(folder)?.isDirectory) visit(folder);
  return paths.sort().map((path) => ({
    name: relative(folder, path).replaceAll(sep, "/"),
    path,
  }));
}

function foldersIn(path: string): readonly string[] {
  return [...Deno.readDirSync(path)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => join(path, name)).sort();
}

function isFile(path: string): boolean {
  return statIfThere(path)?.isFile ?? false;
}

function readIfThere(path: string): string | null {
  return isFile(path) ? Deno.readTextFileSync(path) : null;
}

function readYaml<Value>(path: string, schema: z.ZodType<Value>): Value {
  let value: unknown;
  try {
    value = parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw damaged(path, "it is no YAML", error);
  }
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  throw damaged(path, formFault(error!, value));
}

function damaged(path: string, why: string, cause?: unknown): ExperimentError {
  return new ExperimentError(
    `Cannot read "${basename(path)}" of MLflow: it is damaged`,
    {
      where: `${path}: ${why}`,
      fix: "Get it again, or move its run away",
      cause,
    },
  );
}
