import { ExperimentError } from "@/core/mod.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import { planSearch } from "../search/plan_search.ts";
import { type ParseOptions, readingOf } from "../spec/parse.ts";
import {
  checkExperiment,
  faultsOf,
  type OpenedExperiment,
  openExperiment,
  Schemas,
} from "../spec/read.ts";
import type { Spec } from "../spec/spec.ts";
import { specSchema } from "../spec/spec_schema.ts";
import { beginsWithVariant } from "./begin_with.ts";
import { experimentFileSchema } from "./matrix_schema.ts";
import { type Matrix, planMatrix } from "./plan_matrix.ts";

/** What an experiment file comes to: one experiment, or those of its matrix or search. */
export type PlannedFile =
  | { readonly plan: Plan; readonly matrix: null }
  | { readonly plan: null; readonly matrix: Matrix };

/**
 * Reads an experiment file, once, and plans what it describes.
 *
 * @throws {ExperimentFaults} With every fault of the file.
 * @throws {ExperimentError} If its parts do not go together.
 */
export function planFile(
  path: string,
  options: ParseOptions = {},
): PlannedFile {
  const reading = readingOf(path, options);
  const schemas = new Schemas(experimentFileSchema);
  const opened = openExperiment(path, schemas, reading);
  const { entries } = opened.root;
  const several = entries.has("search")
    ? planSearch
    : entries.has("matrix")
    ? planMatrix
    : null;
  return several
    ? { plan: null, matrix: several({ ...opened, ...reading }) }
    : { plan: planExperiment(specOf(opened)), matrix: null };
}

/** The experiment of a file without a matrix. */
function specOf({ root, files, faults }: OpenedExperiment): Spec {
  const checked = checkExperiment(root, new Schemas(specSchema));
  if (checked.value && faults.length === 0) {
    if (!beginsWithVariant(checked.value)) return checked.value;
    throw new ExperimentError(
      `Cannot begin with "${checked.value.init.run}": the file has no matrix`,
      { where: "init.run", fix: "Name a run: its id, NAME or NAME@best" },
    );
  }
  throw faultsOf([...faults, ...checked.faults], files);
}
