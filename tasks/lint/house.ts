import { dirname, join } from "node:path";
import type { Exceptions } from "./exceptions.ts";

/** Modules by layer; a module imports from lower layers alone. */
export const layers: readonly (readonly string[])[] = [
  ["core"],
  ["align", "engine", "machine"],
  ["data", "model", "loss", "metric", "partner", "postprocess", "record"],
  ["train", "infer", "report", "view", "queue"],
  ["experiment", "ui"],
  ["command"],
];

/** What the rules know besides the file they look at. */
export interface House {
  /** Absolute path of the folder that holds `src`, without a slash at its end. */
  readonly folder: string;
  /** Faults that are let pass. */
  readonly exceptions: Exceptions;
}

/** The layer of a module from 0 on; -1 for a folder that is none. */
export function layerOf(module: string): number {
  return layers.findIndex((layer) => layer.includes(module));
}

/** A file's path from the project's folder on; null if it lies elsewhere. */
export function pathIn({ folder }: House, filename: string): string | null {
  return filename.startsWith(`${folder}/`)
    ? filename.slice(folder.length + 1)
    : null;
}

/** The module a path belongs to; null for what belongs to none. */
export function moduleOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether a file belongs to tests, by itself or as what they share. */
export function isOfTests(path: string): boolean {
  return path.startsWith("test/") || /[_/]test(ing)?\.tsx?$/.test(path);
}

/**
 * The path an import in a file means, from the project's folder on, beginning
 * with `..` if it lies outside; null for what is no file, such as a package.
 */
export function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return join("src", specifier.slice(2));
  if (specifier.startsWith("@test/")) return join("test", specifier.slice(6));
  return /^\.\.?\//.test(specifier) ? join(dirname(path), specifier) : null;
}
