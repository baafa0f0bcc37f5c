import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { planFile, type Spec } from "@/experiment/mod.ts";

/** An experiment that ships, or a variant of one. */
export interface Shipped {
  /** The file, within the folder of experiments. */
  readonly name: string;
  /** What it says. */
  readonly spec: Spec;
}

const folder = join(projectFolder, "experiments");

/** The files of all experiments; one named with "_" is a part of others. */
export function experimentFiles(below = ""): readonly string[] {
  return [...Deno.readDirSync(join(folder, below))].flatMap((entry) => {
    const name = join(below, entry.name);
    if (entry.isDirectory) return experimentFiles(name);
    return /^[^_].*\.yaml$/.test(entry.name) ? [name] : [];
  }).sort();
}

/** The path of an experiment's file. */
export function experimentPath(name: string): string {
  return join(folder, name);
}

/** Every experiment, all variants of a matrix included. */
export function shippedExperiments(): readonly Shipped[] {
  return experimentFiles().flatMap((name) => {
    const { plan, matrix } = planFile(experimentPath(name));
    return (plan ? [{ plan }] : matrix.variants)
      .map(({ plan: { spec } }) => ({ name, spec }));
  });
}
