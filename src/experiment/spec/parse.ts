import { basename } from "node:path";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { deepFreeze } from "./freeze.ts";
import { nodeOf } from "./node.ts";
import { readExperiment, type ReadOptions } from "./read.ts";
import type { Spec } from "./spec.ts";
import { specSchema } from "./spec_schema.ts";

/** How {@linkcode parseExperiment} reads a file. */
export interface ParseOptions {
  /** Values that replace those of the file, as `path=value`; the last one wins. */
  readonly overrides?: readonly string[];
  /** How the user wrote overrides that were not given by `--set`. */
  readonly shown?: ReadonlyMap<string, string>;
  /** The seed that replaces the file's. */
  readonly seed?: number | undefined;
  /** The folder a relative path starts in; the process's by default. */
  readonly folder?: string;
}

/**
 * Reads an experiment file: parents merged, overrides applied, defaults filled,
 * deeply frozen. Without a name, an experiment is called as its file.
 *
 * @throws {ExperimentFaults} With every fault, each at its line and column.
 */
export function parseExperiment(
  path: string,
  options: ParseOptions = {},
): Spec {
  return readExperiment(path, specSchema, readingOf(path, options));
}

/** How to read a file, the seed an override as any other. */
export function readingOf(
  path: string,
  { overrides = [], shown, seed, folder = Deno.cwd() }: ParseOptions,
): Required<ReadOptions> {
  const fallbacks = { name: basename(path).replace(/\.ya?ml$/, "") };
  const given = { overrides, shown: shown ?? new Map(), fallbacks, folder };
  return seed === undefined ? given : {
    ...given,
    overrides: [...overrides, `seed=${seed}`],
    shown: new Map([...given.shown, [`seed=${seed}`, `--seed ${seed}`]]),
  };
}

/**
 * Checks a spec that was recorded, such as a plan's; `where` names the record.
 *
 * @throws {ExperimentFaults} If this version of Cleft does not know all of it.
 */
export function checkSpec(value: unknown, where: string): Spec {
  const parsed = specSchema.safeParse(value);
  if (parsed.success) return deepFreeze(parsed.data);
  const schema = jsonSchemaOf(specSchema);
  const root = nodeOf(value, { file: where, at: null });
  const faults = parsed.error.issues.flatMap((issue) =>
    explainIssue(issue, { root, schema })
  );
  throw new ExperimentFaults(
    faults.map(({ error }) =>
      new ExperimentError(error.message, {
        where: error.where,
        fix: "Use the version of Cleft that recorded it",
      })
    ),
  );
}
