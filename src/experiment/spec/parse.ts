import { basename } from "node:path";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { deepFreeze } from "./freeze.ts";
import { nodeOf } from "./node.ts";
import { readExperiment } from "./read.ts";
import type { Spec } from "./spec.ts";
import { specSchema } from "./spec_schema.ts";

/** How {@linkcode parseExperiment} reads a file. */
export interface ParseOptions {
  /** Values that replace those of the file, as `path=value`; the last one wins. */
  readonly overrides?: readonly string[];
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
  { overrides = [], seed, folder = Deno.cwd() }: ParseOptions = {},
): Spec {
  return readExperiment(path, specSchema, {
    overrides: seed === undefined ? overrides : [...overrides, `seed=${seed}`],
    fallbacks: { name: basename(path).replace(/\.ya?ml$/, "") },
    folder,
  });
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
