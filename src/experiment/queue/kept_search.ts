import { join } from "node:path";
import { writeAtomically } from "@/core/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { readPlan } from "../plan/mod.ts";
import type { SearchMatrix } from "../search/plan_search.ts";

/** A search as it was submitted, and the trials of it that a queue may run. */
export interface KeptSearch {
  readonly matrix: SearchMatrix;
  readonly chosen: readonly MatrixVariant[];
}

const fileName = "search.json";

/** Keeps a search in the folder of a submission: its rungs outlive the file's next edit. */
export function keepSearch(
  folder: string,
  { matrix, chosen }: KeptSearch,
): void {
  const places = chosen.map((one) => matrix.variants.indexOf(one));
  const text = JSON.stringify({ matrix, chosen: places });
  writeAtomically(join(folder, fileName), text);
}

/**
 * The search that was submitted from a folder.
 *
 * @throws {ExperimentError} If its plans are damaged, or of another version.
 */
export function readSearch(folder: string): KeptSearch {
  const path = join(folder, fileName);
  const { matrix, chosen } = JSON.parse(Deno.readTextFileSync(path)) as {
    readonly matrix: SearchMatrix;
    readonly chosen: readonly number[];
  };
  const read = (plan: unknown) => readPlan(JSON.stringify(plan), path);
  const variants = matrix.variants.map(({ values, plan }) => ({
    values,
    plan: read(plan),
  }));
  const search = { ...matrix.search, chosen: matrix.search.chosen.map(read) };
  return {
    matrix: { ...matrix, variants, search },
    chosen: chosen.map((place) => variants[place]!),
  };
}
